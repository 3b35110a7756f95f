-- Sales of each calendar year up to $as_of.
-- Grain: year. Units: amount CNY, qty pcs; months = months of the year that have any rows.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
SELECT
    year(s.month) AS year,
    sum(s.amount)::DECIMAL(18, 4) AS amount,
    sum(s.qty)::DECIMAL(18, 3) AS qty,
    count(DISTINCT s.month) AS months,
    count(DISTINCT s.account) AS accounts
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
GROUP BY year(s.month)
ORDER BY year
