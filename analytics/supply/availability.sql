-- How many products were there when stock was counted, month by month.
-- Grain: month with counts.
-- Units: listed products at accounts in the month's last count that were sold in its month or the two before; out those of
-- them with nothing on hand.
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH sold AS (
    SELECT DISTINCT account AS account, sku AS sku, month AS month
    FROM sales_month
    WHERE flow = 'sell_out' AND qty > 0 AND month <= $as_of::DATE
),

listed AS (
    SELECT DISTINCT k.account AS account, k.sku AS sku, k.month AS month, k.on_hand AS on_hand
    FROM stock_month AS k
    JOIN account_dim AS a ON a.account = k.account
    JOIN product_dim AS p ON p.sku = k.sku
    JOIN sold AS s
        ON s.account = k.account AND s.sku = k.sku
        AND s.month BETWEEN (k.month - INTERVAL 2 MONTH)::DATE AND k.month
    WHERE k.on_hand IS NOT NULL
      AND k.month <= $as_of::DATE
      AND k.month > ($as_of::DATE - INTERVAL 24 MONTH)::DATE
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], k.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
)

SELECT
    month AS month,
    count(*) AS listed,
    sum(CASE WHEN on_hand <= 0 THEN 1 ELSE 0 END)::BIGINT AS out
FROM listed
GROUP BY month
ORDER BY month
