-- What a trial is proposed for: the trial that is planned next (or named), else the product that sold most of late.
-- Grain: one row, none where nothing was sold. Units: pcs decide; target_uplift a ratio.
-- Params: $as_of DATE, $trial VARCHAR ('' the next one), $categories VARCHAR[] or NULL (all).
WITH planned AS (
    SELECT
        trial, sku, replaces, starts_on, ends_on, target_uplift,
        row_number() OVER (ORDER BY starts_on, trial) AS place
    FROM trials
    WHERE ($trial::VARCHAR = '' AND starts_on > $as_of::DATE) OR trial = $trial::VARCHAR
),

sold AS (
    SELECT f.sku AS sku, sum(f.qty) AS qty
    FROM sell_out AS f
    JOIN product_dim AS p ON p.sku = f.sku
    WHERE f.sold_on <= $as_of::DATE AND f.sold_on > ($as_of::DATE - INTERVAL 182 DAY)::DATE
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
    GROUP BY f.sku
),

ranked AS (
    SELECT sku, row_number() OVER (ORDER BY qty DESC, sku) AS place FROM sold WHERE qty > 0
),

chosen AS (
    SELECT
        trial AS trial, sku AS sku, replaces AS replaces, starts_on AS starts_on, ends_on AS ends_on,
        target_uplift AS target_uplift
    FROM planned
    WHERE place = 1
    UNION ALL
    SELECT
        '' AS trial, sku AS sku, CAST(NULL AS VARCHAR) AS replaces, CAST(NULL AS DATE) AS starts_on,
        CAST(NULL AS DATE) AS ends_on, CAST(NULL AS DOUBLE) AS target_uplift
    FROM ranked
    WHERE place = 1 AND NOT EXISTS (SELECT 1 AS one FROM planned)
)

SELECT
    c.trial AS trial,
    c.sku AS sku,
    c.replaces AS replaces,
    c.starts_on AS starts_on,
    c.ends_on AS ends_on,
    c.target_uplift AS target_uplift,
    coalesce(p.name, c.sku) AS sku_name,
    coalesce(p.name_en, c.sku) AS sku_name_en,
    coalesce(p.category, '') AS category
FROM chosen AS c
LEFT JOIN product_dim AS p ON p.sku = c.sku
