-- Sales month by month beside the same month of last year; months without any row are there, empty.
-- Grain: month, from the first with data to the month of $as_of.
-- Units: amount, before CNY; qty pcs. NULL means no rows at all, which is not zero.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- `before` of an open month counts the same days only.
WITH monthly AS (
    SELECT s.month, sum(s.amount) AS amount, sum(s.qty) AS qty, count(DISTINCT s.account) AS accounts
    FROM sales_month AS s
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.account IN (
          SELECT account FROM account_dim
          WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
            AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
      )
      AND s.sku IN (
          SELECT sku FROM product_dim
          WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
      )
    GROUP BY s.month
),

months AS (
    SELECT explode.month::DATE AS month
    FROM (
        SELECT unnest(generate_series(
            (SELECT min(month) FROM monthly), date_trunc('month', $as_of::DATE)::DATE, INTERVAL 1 MONTH
        )) AS month
    ) AS explode
),

after_the_day AS (
    SELECT sum(s.amount) AS amount
    FROM sales AS s
    WHERE s.flow = $flow
      AND s.sold_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND s.sold_on <= last_day(($as_of::DATE - INTERVAL 12 MONTH)::DATE)
      AND $as_of::DATE < last_day($as_of::DATE)
      AND s.account IN (
          SELECT account FROM account_dim
          WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
            AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
      )
      AND s.sku IN (
          SELECT sku FROM product_dim
          WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
      )
)

SELECT
    m.month AS month,
    n.amount::DECIMAL(18, 4) AS amount,
    n.qty::DECIMAL(18, 3) AS qty,
    coalesce(n.accounts, 0) AS accounts,
    (p.amount - CASE WHEN m.month = date_trunc('month', $as_of::DATE)::DATE
        THEN coalesce((SELECT amount FROM after_the_day), 0) ELSE 0 END)::DECIMAL(18, 4) AS before
FROM months AS m
LEFT JOIN monthly AS n ON n.month = m.month
LEFT JOIN monthly AS p ON p.month = (m.month - INTERVAL 12 MONTH)::DATE
ORDER BY month
