-- Stock at each account at the end of each month, beside what it sells in a month.
-- Grain: account x month with a stock count, sell-out in the month itself, and something sold in three months.
-- Units: on_hand pcs (last count of the month); monthly pcs a month (mean of the months with figures, of three).
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
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

sold AS (
    SELECT account, month, sum(qty) AS qty
    FROM sales_month
    WHERE flow = 'sell_out'
      AND month <= $as_of::DATE
      AND account IN (SELECT account FROM chosen)
      AND sku IN (SELECT sku FROM ranged)
    GROUP BY account, month
),

counted AS (
    SELECT account, month, sum(on_hand) AS on_hand
    FROM stock_month
    WHERE month <= $as_of::DATE
      AND account IN (SELECT account FROM chosen)
      AND sku IN (SELECT sku FROM ranged)
    GROUP BY account, month
)

SELECT
    k.account AS account,
    any_value(a.name) AS name,
    any_value(a.name_en) AS name_en,
    k.month AS month,
    max(k.on_hand)::DOUBLE AS on_hand,
    sum(s.qty)::DOUBLE / nullif(count(*), 0)::DOUBLE AS monthly
FROM counted AS k
JOIN sold AS s ON s.account = k.account AND s.month BETWEEN (k.month - INTERVAL 2 MONTH)::DATE AND k.month
JOIN account_dim AS a ON a.account = k.account
GROUP BY k.account, k.month
HAVING sum(s.qty) > 0 AND max(k.on_hand) > 0 AND max(s.month) = k.month
ORDER BY month, account
