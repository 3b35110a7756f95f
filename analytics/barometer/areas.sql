-- The categories that sell, largest first: the twelve that a reader can take in.
-- Grain: category with sales in the twelve months up to $as_of. Units: amount = CNY.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
SELECT p.category AS category, sum(s.amount)::DOUBLE AS amount
FROM sales_month AS s
JOIN product_dim AS p ON p.sku = s.sku
JOIN account_dim AS a ON a.account = s.account
WHERE s.flow = $flow
  AND s.month <= $as_of::DATE
  AND s.month > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
  AND p.category IS NOT NULL
  AND p.category <> ''
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
GROUP BY p.category
HAVING sum(s.amount) > 0
ORDER BY amount DESC, category
LIMIT 12
