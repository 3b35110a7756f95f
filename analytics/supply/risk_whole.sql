-- What runs out, added up by product.
-- Grain: product of the kept plan.
-- Units: listed, risky places; likeliest probability, the largest of those listed, NULL where none is; risk_cny expected
-- lost sales of places at risk, priced how many of them have a price.
-- Params: $kept VARCHAR, $listed, $risky DOUBLE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH found AS (
    SELECT
        p.sku AS sku,
        greatest(coalesce(p.risk, 0::DOUBLE), coalesce(p.risk_until, 0::DOUBLE)) AS chance,
        greatest(p.soon_pcs, p.lost_pcs) * p.price AS cny
    FROM supply_plan AS p
    WHERE p.kept = $kept
      AND (p.risk >= $listed::DOUBLE OR p.risk_until >= $risky::DOUBLE)
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
),

summed AS (
    SELECT
        sku AS sku,
        count(*) AS listed,
        max(chance) AS likeliest,
        sum(CASE WHEN chance >= $risky::DOUBLE THEN 1 ELSE 0 END)::BIGINT AS risky,
        sum(CASE WHEN chance >= $risky::DOUBLE AND cny IS NOT NULL THEN 1 ELSE 0 END)::BIGINT AS priced,
        sum(CASE WHEN chance >= $risky::DOUBLE THEN coalesce(cny, 0::DOUBLE) ELSE 0::DOUBLE END) AS risk_cny
    FROM found
    GROUP BY sku
)

SELECT
    s.sku AS sku,
    d.name AS sku_name,
    d.name_en AS sku_name_en,
    s.listed AS listed,
    s.likeliest AS likeliest,
    s.risky AS risky,
    s.priced AS priced,
    s.risk_cny AS risk_cny
FROM summed AS s
JOIN product_dim AS d ON d.sku = s.sku
ORDER BY risk_cny DESC, sku
