-- How long every product at every account lasts, and how long it has to.
-- Grain: account x sku of the kept plan, the $most with most at stake (money, then pieces) and all of the accounts and
-- products of the figure; state '' is planned, else why it is not.
-- Units: on_hand, in_transit pcs; recent pcs a week; rate pcs a day over the next four weeks; cover_now, cover_days,
-- need_days days; price CNY a piece; risk_cny expected lost sales, the larger of until goods sent now are there and
-- until goods of the next order are; over_pcs pcs, over_cny CNY of stock beyond 5/3 of the days needed. NULL is not known.
-- Params: $kept VARCHAR, $most BIGINT, $first_accounts, $first_products VARCHAR[] of the figure, $accounts,
-- $regions, $categories VARCHAR[] or NULL (all).
WITH most AS (
    SELECT p.place AS place
    FROM supply_plan AS p
    WHERE p.kept = $kept
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
    ORDER BY p.place
    LIMIT $most
),

chosen AS (
    SELECT place AS place FROM most
    UNION
    SELECT p.place AS place
    FROM supply_plan AS p
    JOIN account_dim AS a ON a.account = p.account
    JOIN product_dim AS d ON d.sku = p.sku
    WHERE p.kept = $kept
      AND list_contains($first_accounts::VARCHAR[], a.account)
      AND list_contains($first_products::VARCHAR[], d.sku)
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
)

SELECT
    p.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    p.sku AS sku,
    d.name AS sku_name,
    d.name_en AS sku_name_en,
    d.category AS category,
    p.state AS state,
    p.counted_on AS counted_on,
    p.on_hand AS on_hand,
    p.in_transit AS in_transit,
    p.recent AS recent,
    p.rate AS rate,
    p.cover_now AS cover_now,
    p.cover_days AS cover_days,
    p.need_days AS need_days,
    p.price AS price,
    greatest(p.soon_pcs, p.lost_pcs) * p.price AS risk_cny,
    p.excess AS over_pcs,
    p.excess * p.price AS over_cny
FROM chosen AS f
JOIN supply_plan AS p ON p.place = f.place
JOIN account_dim AS a ON a.account = p.account
JOIN product_dim AS d ON d.sku = p.sku
WHERE p.kept = $kept
ORDER BY account, sku
