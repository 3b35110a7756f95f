-- Where the difference to last year comes from, by product category.
-- Grain: category. Units: current, before CNY over the three months that end with the month of $as_of, and a year earlier.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- Sell-out is compared as in barometer/growth.sql, so that the parts sum to its difference: account by account over the
-- months that both years have. Sell-in: all accounts, new and lost ones too, because no order is a zero, over the months in
-- which anybody has figures in both years. An open month: the same days.
WITH chosen AS (
    SELECT account
    FROM account_dim
    WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
),

cells AS (
    SELECT s.account, s.sku, s.month, 'now' AS side, s.amount
    FROM sales_month AS s
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.month >= (date_trunc('month', $as_of::DATE) - INTERVAL 2 MONTH)::DATE
      AND s.account IN (SELECT account FROM chosen)
    UNION ALL
    SELECT s.account, s.sku, (s.month + INTERVAL 12 MONTH)::DATE AS month, 'then' AS side, s.amount
    FROM sales_month AS s
    WHERE s.flow = $flow
      AND s.month <= ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND s.month >= (date_trunc('month', $as_of::DATE) - INTERVAL 14 MONTH)::DATE
      AND s.account IN (SELECT account FROM chosen)
    UNION ALL
    SELECT s.account, s.sku, date_trunc('month', $as_of::DATE)::DATE AS month, 'then' AS side, -s.amount AS amount
    FROM sales AS s
    WHERE s.flow = $flow
      AND s.sold_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND s.sold_on <= last_day(($as_of::DATE - INTERVAL 12 MONTH)::DATE)
      AND $as_of::DATE < last_day($as_of::DATE)
      AND s.account IN (SELECT account FROM chosen)
),

ranged AS (
    SELECT c.account, c.month, c.side, c.amount, p.category
    FROM cells AS c
    JOIN both_years AS b ON b.flow = $flow AND b.month = c.month
    JOIN product_dim AS p ON p.sku = c.sku
    WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category)
),

alike AS (
    SELECT account, month
    FROM ranged
    GROUP BY account, month
    HAVING count(CASE WHEN side = 'now' THEN 1 END) > 0 AND count(CASE WHEN side = 'then' THEN 1 END) > 0
),

sides AS (
    SELECT
        r.category AS category,
        coalesce(sum(CASE WHEN r.side = 'now' THEN r.amount END), 0)::DECIMAL(18, 4) AS current,
        coalesce(sum(CASE WHEN r.side = 'then' THEN r.amount END), 0)::DECIMAL(18, 4) AS before
    FROM ranged AS r
    LEFT JOIN alike AS a ON a.account = r.account AND a.month = r.month
    WHERE $flow <> 'sell_out' OR a.account IS NOT NULL
    GROUP BY r.category
    HAVING sum(r.amount) IS NOT NULL
)

SELECT s.category AS category, s.current AS current, s.before AS before
FROM sides AS s
ORDER BY abs(s.current - s.before) DESC, category
