-- What runs out before new goods can be there, or before the goods of the account's next order are.
-- Grain: account x sku of the kept plan: those at risk, those that sell but are not planned, and the worst of all; the
-- $most with most money.
-- Units: pcs, days, CNY. risk: probability to be out within 21 days with what has left us; risk_until: before the goods
-- of the next order, or the end of the peak, with all that is coming. soon_cny, lost_cny: expected lost sales of each,
-- NULL without a price. out_on: the day on which stock and goods in transit are sold, NULL beyond half a year.
-- Params: $kept VARCHAR, $as_of DATE, $longest, $listed, $risky DOUBLE, $most BIGINT, $accounts, $regions, $categories
-- VARCHAR[] or NULL (all).
WITH worst AS (
    SELECT min(p.risk_place) AS risk_place
    FROM supply_plan AS p
    WHERE p.kept = $kept
      AND p.state = ''
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
),

listed AS (
    SELECT p.risk_place AS risk_place
    FROM supply_plan AS p
    WHERE p.kept = $kept
      AND (p.risk >= $listed::DOUBLE OR p.risk_until >= $risky::DOUBLE OR (p.state <> '' AND p.recent > 0))
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
    ORDER BY p.risk_place
    LIMIT $most
),

chosen AS (
    SELECT risk_place AS risk_place FROM worst
    UNION
    SELECT risk_place AS risk_place FROM listed
)

SELECT
    p.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    a.owner AS owner,
    p.sku AS sku,
    d.name AS sku_name,
    d.name_en AS sku_name_en,
    p.state AS state,
    p.recent AS recent,
    p.risk AS risk,
    p.risk_until AS risk_until,
    p.until AS until,
    p.peak AS peak,
    p.peak_en AS peak_en,
    CASE
        WHEN p.cover_days < $longest::DOUBLE THEN ($as_of::DATE + floor(p.cover_days)::INTEGER)::DATE
    END AS out_on,
    p.soon_pcs * p.price AS soon_cny,
    p.lost_pcs * p.price AS lost_cny,
    p.on_order AS on_order,
    p.rush AS rush
FROM chosen AS c
JOIN supply_plan AS p ON p.risk_place = c.risk_place
JOIN account_dim AS a ON a.account = p.account
JOIN product_dim AS d ON d.sku = p.sku
WHERE p.kept = $kept
ORDER BY coalesce(greatest(p.soon_pcs, p.lost_pcs) * p.price, 0::DOUBLE) DESC, account, sku
