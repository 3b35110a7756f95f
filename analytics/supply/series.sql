-- Every product that an account has sold, numbered as `weeks.sql` and `months.sql` number them.
-- Grain: account x sku with rows since $since.
-- Units: item 0, 1, ... in the order of account and sku.
-- Params: $as_of, $since DATE, $flow VARCHAR.
SELECT
    s.account AS account,
    s.sku AS sku,
    any_value(p.category) AS category,
    row_number() OVER (ORDER BY s.account, s.sku) - 1 AS item
FROM sales_month AS s
JOIN product_dim AS p ON p.sku = s.sku
WHERE s.flow = $flow AND s.month >= $since::DATE AND s.month <= $as_of::DATE
GROUP BY s.account, s.sku
ORDER BY item
