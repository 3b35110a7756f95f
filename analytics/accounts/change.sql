-- Where the difference to last year comes from, by product category.
-- Grain: category. Units: current, before CNY over the three months that end with the month of $as_of, and a year earlier.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- An open month is compared with the same days of last year.
WITH chosen AS (
    SELECT account
    FROM account_dim
    WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
),

recent AS (
    SELECT sku, amount AS current, 0 AS before
    FROM sales_month
    WHERE flow = $flow
      AND month <= $as_of::DATE
      AND month >= (date_trunc('month', $as_of::DATE) - INTERVAL 2 MONTH)::DATE
      AND account IN (SELECT account FROM chosen)
    UNION ALL
    SELECT sku, 0 AS current, amount AS before
    FROM sales_month
    WHERE flow = $flow
      AND month <= ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND month >= (date_trunc('month', $as_of::DATE) - INTERVAL 14 MONTH)::DATE
      AND account IN (SELECT account FROM chosen)
    UNION ALL
    SELECT sku, 0 AS current, -amount AS before
    FROM sales
    WHERE flow = $flow
      AND sold_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND sold_on <= last_day(($as_of::DATE - INTERVAL 12 MONTH)::DATE)
      AND $as_of::DATE < last_day($as_of::DATE)
      AND account IN (SELECT account FROM chosen)
)

SELECT
    p.category AS category,
    sum(r.current)::DECIMAL(18, 4) AS current,
    sum(r.before)::DECIMAL(18, 4) AS before
FROM recent AS r
JOIN product_dim AS p ON p.sku = r.sku
WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category)
GROUP BY p.category
HAVING sum(r.current) IS NOT NULL
ORDER BY abs(sum(r.current) - sum(r.before)) DESC, category
