-- What runs out before new goods can be there, or before the goods of the account's next order are.
-- Grain: account x sku of the kept plan: those at risk, those that sell but are not planned, and the worst of all.
-- Units: pcs, days, CNY. risk: probability to be out within 21 days with what has left us; risk_until: before the goods
-- of the next order, or the end of the peak, with all that is coming. soon_cny, lost_cny: expected lost sales of each,
-- NULL without a price. out_on: the day on which stock and goods in transit are sold, NULL beyond half a year.
-- Params: $kept VARCHAR, $as_of DATE, $longest, $listed, $risky DOUBLE, $accounts, $regions, $categories VARCHAR[] or
-- NULL (all).
WITH items AS (
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
        p.rush AS rush,
        coalesce(greatest(p.soon_pcs, p.lost_pcs) * p.price, 0::DOUBLE) AS stake
    FROM supply_plan AS p
    JOIN account_dim AS a ON a.account = p.account
    JOIN product_dim AS d ON d.sku = p.sku
    WHERE p.kept = $kept
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], d.category))
),

placed AS (
    SELECT i.account AS account, i.sku AS sku, row_number() OVER (ORDER BY i.stake DESC, i.account, i.sku) AS place
    FROM items AS i
    WHERE i.state = ''
)

SELECT
    i.account AS account,
    i.name AS name,
    i.name_en AS name_en,
    i.owner AS owner,
    i.sku AS sku,
    i.sku_name AS sku_name,
    i.sku_name_en AS sku_name_en,
    i.state AS state,
    i.recent AS recent,
    i.risk AS risk,
    i.risk_until AS risk_until,
    i.until AS until,
    i.peak AS peak,
    i.peak_en AS peak_en,
    i.out_on AS out_on,
    i.soon_cny AS soon_cny,
    i.lost_cny AS lost_cny,
    i.on_order AS on_order,
    i.rush AS rush
FROM items AS i
LEFT JOIN placed AS w ON w.account = i.account AND w.sku = i.sku
WHERE (i.state = '' AND (i.risk >= $listed::DOUBLE OR i.risk_until >= $risky::DOUBLE OR w.place = 1))
   OR (i.state <> '' AND i.recent > 0)
ORDER BY i.stake DESC, account, sku
