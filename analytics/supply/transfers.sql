-- Products that one account has too much of and another is short of: both sides, to be matched.
-- Grain: account x sku of the kept plan with at least one piece of excess, or with pieces to be sent, of products that
-- have both.
-- Units: over_pcs, short_pcs pcs (one of them zero); pack pcs; price CNY a piece, NULL not known; lost_pcs expected pieces
-- lost unless goods come.
-- Params: $kept VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH sides AS (
    SELECT
        p.account AS account,
        a.name AS name,
        a.name_en AS name_en,
        a.owner AS owner,
        a.region AS region,
        p.sku AS sku,
        d.name AS sku_name,
        d.name_en AS sku_name_en,
        CASE WHEN p.ship + p.rush > 0 THEN 0::DOUBLE ELSE p.excess END AS over_pcs,
        p.ship + p.rush AS short_pcs,
        coalesce(m.pack, 1)::DOUBLE AS pack,
        p.price AS price,
        greatest(p.soon_pcs, p.lost_pcs) AS lost_pcs
    FROM supply_plan AS p
    JOIN account_dim AS a ON a.account = p.account
    JOIN product_dim AS d ON d.sku = p.sku
    LEFT JOIN products AS m ON m.sku = p.sku
    WHERE p.kept = $kept
      AND p.state = ''
      AND (p.excess >= 1 OR p.ship + p.rush > 0)
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], d.category))
),

matching AS (
    SELECT sku AS sku
    FROM sides
    GROUP BY sku
    HAVING sum(CASE WHEN over_pcs >= 1 THEN 1 ELSE 0 END) > 0 AND sum(CASE WHEN short_pcs > 0 THEN 1 ELSE 0 END) > 0
)

SELECT
    s.account AS account,
    s.name AS name,
    s.name_en AS name_en,
    s.owner AS owner,
    s.region AS region,
    s.sku AS sku,
    s.sku_name AS sku_name,
    s.sku_name_en AS sku_name_en,
    s.over_pcs AS over_pcs,
    s.short_pcs AS short_pcs,
    s.pack AS pack,
    s.price AS price,
    s.lost_pcs AS lost_pcs
FROM sides AS s
JOIN matching AS b ON b.sku = s.sku
ORDER BY sku, account
