-- What the accounts answered in the monthly pulse, where all three questions were answered.
-- Grain: account x month up to $as_of. Units: outlook, order_plan, stock_view = −1, 0 or 1.
-- Params: $as_of DATE, $accounts, $regions VARCHAR[] or NULL (all).
SELECT
    p.account AS account,
    p.month AS month,
    p.outlook::DOUBLE AS outlook,
    p.order_plan::DOUBLE AS order_plan,
    p.stock_view::DOUBLE AS stock_view
FROM pulse AS p
JOIN account_dim AS a ON a.account = p.account
WHERE p.month <= $as_of::DATE
  AND p.outlook IS NOT NULL
  AND p.order_plan IS NOT NULL
  AND p.stock_view IS NOT NULL
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY month, account
