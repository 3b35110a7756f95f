-- Pieces that each account took in and sold on, month by month, with the last count of its stock.
-- Grain: account x month in which the account has rows of either kind.
-- Units: taken, sold, on_hand pcs, NULL where there is no row; paid CNY, what the pieces taken cost; chosen whether the reader looks at it.
-- All accounts come, because each is judged beside the others.
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH ranged AS (
    SELECT sku
    FROM product_dim
    WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
),

flows AS (
    SELECT
        account,
        month,
        sum(CASE WHEN flow = 'sell_in' THEN qty END) AS taken,
        sum(CASE WHEN flow = 'sell_in' THEN amount END) AS paid,
        sum(CASE WHEN flow = 'sell_out' THEN qty END) AS sold
    FROM sales_month
    WHERE month <= $as_of::DATE
      AND month >= (date_trunc('month', $as_of::DATE) - INTERVAL 35 MONTH)::DATE
      AND sku IN (SELECT sku FROM ranged)
    GROUP BY account, month
),

counted AS (
    SELECT account, month, sum(on_hand) AS on_hand
    FROM stock_month
    WHERE month <= $as_of::DATE AND sku IN (SELECT sku FROM ranged)
    GROUP BY account, month
)

SELECT
    f.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    a.owner AS owner,
    f.month AS month,
    f.taken::DOUBLE AS taken,
    f.sold::DOUBLE AS sold,
    c.on_hand::DOUBLE AS on_hand,
    f.paid::DOUBLE AS paid,
    ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], f.account))
    AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region)) AS chosen
FROM flows AS f
JOIN account_dim AS a ON a.account = f.account
LEFT JOIN counted AS c ON c.account = f.account AND c.month = f.month
ORDER BY account, month
