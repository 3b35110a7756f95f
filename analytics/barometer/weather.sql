-- Every account in the scope with its name, and how its cover changed on last year, month by month.
-- Grain: account x month with a stock count a year apart; one row with month NULL for an account without.
-- Units: cover = minus the log of cover over cover a year before (more stock than then is bad weather).
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH ranged AS (
    SELECT sku
    FROM product_dim
    WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
),

sold AS (
    SELECT account, month, sum(qty) AS qty
    FROM sales_month
    WHERE flow = 'sell_out' AND month <= $as_of::DATE AND sku IN (SELECT sku FROM ranged)
    GROUP BY account, month
),

counted AS (
    SELECT account, month, sum(on_hand) AS on_hand
    FROM stock_month
    WHERE month <= $as_of::DATE AND sku IN (SELECT sku FROM ranged)
    GROUP BY account, month
),

cover AS (
    SELECT k.account, k.month, (max(k.on_hand) / nullif(sum(s.qty) / count(*), 0))::DOUBLE AS months_of_cover
    FROM counted AS k
    JOIN sold AS s ON s.account = k.account AND s.month BETWEEN (k.month - INTERVAL 2 MONTH)::DATE AND k.month
    GROUP BY k.account, k.month
    HAVING sum(s.qty) > 0 AND max(k.on_hand) > 0 AND max(s.month) = k.month
),

changed AS (
    SELECT c.account, c.month, -ln(c.months_of_cover / p.months_of_cover) AS cover
    FROM cover AS c
    JOIN cover AS p ON p.account = c.account AND p.month = (c.month - INTERVAL 12 MONTH)::DATE
)

SELECT
    a.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    a.region AS region,
    a.owner AS owner,
    c.month AS month,
    c.cover AS cover
FROM account_dim AS a
LEFT JOIN changed AS c ON c.account = a.account
WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], a.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY account, month
