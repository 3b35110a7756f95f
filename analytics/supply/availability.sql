-- How many products were there when stock was counted, month by month.
-- Grain: month with counts.
-- Units: listed products at accounts in the month's last count that had stock, or were sold in its month or the two before;
-- out those of them with nothing on hand.
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH counted AS (
    SELECT k.account AS account, k.sku AS sku, k.month AS month, k.on_hand > 0 AS has_stock
    FROM stock_month AS k
    JOIN account_dim AS a ON a.account = k.account
    LEFT JOIN product_dim AS p ON p.sku = k.sku
    WHERE k.on_hand IS NOT NULL
      AND k.month <= $as_of::DATE
      AND k.month > ($as_of::DATE - INTERVAL 24 MONTH)::DATE
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], k.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
),

missed AS (
    SELECT DISTINCT c.account AS account, c.sku AS sku, c.month AS month
    FROM counted AS c
    JOIN sales_month AS s
        ON s.account = c.account AND s.sku = c.sku
        AND s.month BETWEEN (c.month - INTERVAL 2 MONTH)::DATE AND c.month
    WHERE NOT c.has_stock AND s.flow = 'sell_out' AND s.qty > 0
),

out_by_month AS (
    SELECT month AS month, count(*) AS out FROM missed GROUP BY month
),

in_by_month AS (
    SELECT month AS month, count(*) AS there FROM counted WHERE has_stock GROUP BY month
)

SELECT
    coalesce(i.month, o.month) AS month,
    coalesce(i.there, 0) + coalesce(o.out, 0) AS listed,
    coalesce(o.out, 0) AS out
FROM in_by_month AS i
FULL JOIN out_by_month AS o ON o.month = i.month
ORDER BY month
