-- The barometer's components beside sales growth and breadth: cover against last year, and what we shipped in.
-- Grain: component x month, up to $as_of. A component that the data does not allow has no rows.
-- Units: value of 'cover' = minus the log of cover over cover a year before (more stock than then is bad weather);
--   of 'orders' = change of sell-in over three months on last year (ratio − 1), accounts with both.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH chosen AS (
    SELECT account
    FROM account_dim
    WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
),

ranged AS (
    SELECT sku
    FROM product_dim
    WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
),

monthly AS (
    SELECT s.flow, s.account, s.month, sum(s.amount) AS amount, sum(s.qty) AS qty
    FROM sales_month AS s
    WHERE s.month <= $as_of::DATE
      AND s.account IN (SELECT account FROM chosen)
      AND s.sku IN (SELECT sku FROM ranged)
    GROUP BY s.flow, s.account, s.month
),

counted AS (
    SELECT k.account, k.month, sum(k.on_hand) AS on_hand
    FROM stock_month AS k
    WHERE k.month <= $as_of::DATE
      AND k.account IN (SELECT account FROM chosen)
      AND k.sku IN (SELECT sku FROM ranged)
    GROUP BY k.account, k.month
),

pace AS (
    SELECT k.account, k.month, max(k.on_hand) AS on_hand, sum(s.qty) / count(*) AS monthly_qty
    FROM counted AS k
    JOIN monthly AS s
        ON s.flow = 'sell_out' AND s.account = k.account
        AND s.month BETWEEN (k.month - INTERVAL 2 MONTH)::DATE AND k.month
    GROUP BY k.account, k.month
    HAVING sum(s.qty) > 0 AND max(s.month) = k.month
),

cover AS (
    SELECT month, (sum(on_hand) / nullif(sum(monthly_qty), 0))::DOUBLE AS months_of_cover
    FROM pace
    GROUP BY month
),

shipped AS (
    SELECT e.month, s.account, sum(s.amount) AS amount
    FROM (SELECT DISTINCT month FROM monthly WHERE flow = 'sell_in') AS e
    JOIN monthly AS s
        ON s.flow = 'sell_in' AND s.month BETWEEN (e.month - INTERVAL 2 MONTH)::DATE AND e.month
    GROUP BY e.month, s.account
)

SELECT 'cover' AS component, c.month AS month, -ln(c.months_of_cover / p.months_of_cover) AS value
FROM cover AS c
JOIN cover AS p ON p.month = (c.month - INTERVAL 12 MONTH)::DATE
WHERE c.months_of_cover > 0 AND p.months_of_cover > 0
UNION ALL
SELECT 'orders' AS component, c.month AS month, sum(c.amount)::DOUBLE / nullif(sum(p.amount)::DOUBLE, 0) - 1 AS value
FROM shipped AS c
JOIN shipped AS p ON p.account = c.account AND p.month = (c.month - INTERVAL 12 MONTH)::DATE
WHERE $flow = 'sell_out' AND p.amount > 0
GROUP BY c.month
ORDER BY component, month
