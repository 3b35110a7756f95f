-- The series that forecasts are made for and judged by, numbered as `weeks.sql` numbers them.
-- Grain: account x sku with rows since $since.
-- Units: item 0, 1, ... in the order of account and sku; chosen whether the reader looks at the series.
-- Params: $as_of, $since DATE (the first of a month), $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL.
SELECT
    s.account AS account,
    s.sku AS sku,
    p.category AS category,
    a.name AS name,
    a.name_en AS name_en,
    a.owner AS owner,
    p.name AS sku_name,
    p.name_en AS sku_name_en,
    ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
    AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
    AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category)) AS chosen,
    row_number() OVER (ORDER BY s.account, s.sku) - 1 AS item
FROM (
    SELECT DISTINCT account, sku
    FROM sales_month
    WHERE flow = $flow AND month >= $since::DATE AND month <= $as_of::DATE
) AS s
JOIN account_dim AS a ON a.account = s.account
JOIN product_dim AS p ON p.sku = s.sku
ORDER BY item
