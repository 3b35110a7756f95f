-- One product at one account: the one asked for, or the worst that is planned, by sales at risk and then by how soon it
-- is sold.
-- Grain: one row, or none.
-- Units: pcs, days; sent_by_step, unsent_by_step pcs expected to be there by the end of each seven days from $as_of, of
-- goods in transit and of open orders.
-- Params: $kept VARCHAR, $account, $sku VARCHAR or NULL (the worst), $accounts, $regions, $categories VARCHAR[] or NULL
-- (all).
WITH worst AS (
    SELECT min(p.risk_place) AS risk_place
    FROM supply_plan AS p
    WHERE p.kept = $kept
      AND p.state = ''
      AND ($account::VARCHAR IS NULL OR p.account = $account::VARCHAR)
      AND ($sku::VARCHAR IS NULL OR p.sku = $sku::VARCHAR)
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
    p.category AS category,
    p.on_hand AS on_hand,
    p.cover_days AS cover_days,
    coalesce(p.rush, 0::DOUBLE) AS rush,
    coalesce(p.ship, 0::DOUBLE) AS ship,
    p.unsent AS unsent,
    p.arrive_by AS arrive_by,
    p.transit_days AS transit_days,
    p.until_days AS until_days,
    p.sent_by_step AS sent_by_step,
    p.unsent_by_step AS unsent_by_step
FROM worst AS w
JOIN supply_plan AS p ON p.risk_place = w.risk_place
JOIN account_dim AS a ON a.account = p.account
JOIN product_dim AS d ON d.sku = p.sku
WHERE p.kept = $kept
ORDER BY account
