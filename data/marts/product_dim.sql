-- Every product that any file names: from the product master, or else as the sales files call it (latest spelling).
-- Grain: sku. `listed` tells whether the master has it.
WITH named AS (
    SELECT
        sku AS sku,
        arg_max(name, (named_on, name)) FILTER (WHERE name IS NOT NULL) AS name,
        arg_max(category, (placed_on, category)) FILTER (WHERE category IS NOT NULL) AS category
    FROM product_month
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
