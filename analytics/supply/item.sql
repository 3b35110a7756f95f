-- One product at one account: the one asked for, or the worst that is planned, by sales at risk and then by how soon it
-- is sold; with its counts of the last 13 weeks.
-- Grain: count day (NULL where nothing was counted in that time).
-- Units: pcs, days.
-- Params: $kept VARCHAR, $as_of DATE, $account, $sku VARCHAR or NULL (the worst), $accounts, $regions, $categories
-- VARCHAR[] or NULL (all).
WITH items AS (
    SELECT
        p.account AS account,
        a.name AS name,
        a.name_en AS name_en,
        p.sku AS sku,
        d.name AS sku_name,
        d.name_en AS sku_name_en,
        p.on_hand AS on_hand,
        p.cover_days AS cover_days,
        coalesce(p.rush, 0::DOUBLE) AS rush,
        coalesce(p.ship, 0::DOUBLE) AS ship,
        p.unsent AS unsent,
        p.arrive_by AS arrive_by,
        p.transit_days AS transit_days,
        coalesce(greatest(p.soon_pcs, p.lost_pcs) * p.price, 0::DOUBLE) AS stake
    FROM supply_plan AS p
    JOIN account_dim AS a ON a.account = p.account
    JOIN product_dim AS d ON d.sku = p.sku
    WHERE p.kept = $kept
      AND p.state = ''
      AND ($account::VARCHAR IS NULL OR p.account = $account::VARCHAR)
      AND ($sku::VARCHAR IS NULL OR p.sku = $sku::VARCHAR)
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], d.category))
),

worst AS (
    SELECT
        i.account AS account,
        i.sku AS sku,
        row_number() OVER (ORDER BY i.stake DESC, i.cover_days, i.account, i.sku) AS place
    FROM items AS i
),

counted AS (
    SELECT k.account AS account, k.sku AS sku, k.counted_on AS counted_on, sum(k.on_hand)::DOUBLE AS counted
    FROM stock AS k
    WHERE k.counted_on BETWEEN ($as_of::DATE - 91)::DATE AND $as_of::DATE AND k.on_hand IS NOT NULL
    GROUP BY k.account, k.sku, k.counted_on
)

SELECT
    i.account AS account,
    i.name AS name,
    i.name_en AS name_en,
    i.sku AS sku,
    i.sku_name AS sku_name,
    i.sku_name_en AS sku_name_en,
    i.on_hand AS on_hand,
    i.cover_days AS cover_days,
    i.rush AS rush,
    i.ship AS ship,
    i.unsent AS unsent,
    i.arrive_by AS arrive_by,
    i.transit_days AS transit_days,
    c.counted_on AS counted_on,
    c.counted AS counted
FROM worst AS w
JOIN items AS i ON i.account = w.account AND i.sku = w.sku
LEFT JOIN counted AS c ON c.account = i.account AND c.sku = i.sku
WHERE w.place = 1
ORDER BY counted_on
