-- Every product that any file names: from the product master, or else as the sales files call it (latest spelling).
-- Grain: sku. `listed` tells whether the master has it.
WITH seen AS (
    SELECT sku, sku_name, category, sold_on FROM sell_out
    UNION ALL
    SELECT sku, sku_name, category, sold_on FROM sell_in
),

named AS (
    SELECT
        sku,
        arg_max(sku_name, sold_on) FILTER (WHERE sku_name IS NOT NULL) AS name,
        arg_max(category, sold_on) FILTER (WHERE category IS NOT NULL) AS category
    FROM seen
    GROUP BY sku
)

SELECT
    coalesce(p.sku, n.sku) AS sku,
    coalesce(p.sku_name, n.name, n.sku) AS name,
    coalesce(p.name_en, p.sku_name, n.name, n.sku) AS name_en,
    coalesce(p.category, n.category, '') AS category,
    p.price AS price,
    p.margin AS margin,
    p.lead_days AS lead_days,
    p.sku IS NOT NULL AS listed
FROM products AS p
FULL JOIN named AS n ON n.sku = p.sku
