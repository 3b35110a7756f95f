-- What we shipped in, against a year before: the barometer's component beside sales, breadth and cover.
-- Grain: account x month up to $as_of, where it was shipped to in the three months and in the same three a year before.
-- Units: current, before = CNY.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- It counts only beside sell-out: with sell-in as the flow it would be the sales component once more.
WITH monthly AS (
    SELECT s.account, s.month, sum(s.amount) AS amount
    FROM sales_month AS s
    WHERE s.flow = 'sell_in'
      AND $flow = 'sell_out'
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
    GROUP BY s.account, s.month
),

shipped AS (
    SELECT e.month, s.account, sum(s.amount) AS amount
    FROM (SELECT DISTINCT month FROM monthly) AS e
    JOIN monthly AS s ON s.month BETWEEN (e.month - INTERVAL 2 MONTH)::DATE AND e.month
    GROUP BY e.month, s.account
)

SELECT
    c.account AS account,
    c.month AS month,
    c.amount::DOUBLE AS current,
    p.amount::DOUBLE AS before
FROM shipped AS c
JOIN shipped AS p ON p.account = c.account AND p.month = (c.month - INTERVAL 12 MONTH)::DATE
WHERE p.amount > 0
ORDER BY month, account
