-- What each account sold month by month, all that is known up to the month of $as_of.
-- Grain: account x month with rows.
-- Units: amount CNY; last_day the last day with rows in that month; chosen whether the reader looks at the account.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- All accounts come, because each is judged beside the others.
WITH ends AS (
    SELECT account, date_trunc('month', day)::DATE AS month, max(day) AS last_day
    FROM sales_day
    WHERE flow = $flow AND day <= $as_of::DATE
    GROUP BY account, date_trunc('month', day)::DATE
)

SELECT
    s.account AS account,
    any_value(a.name) AS name,
    any_value(a.name_en) AS name_en,
    any_value(a.owner) AS owner,
    any_value(
        ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
        AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
    ) AS chosen,
    s.month AS start,
    sum(s.amount)::DOUBLE AS amount,
    max(e.last_day) AS last_day
FROM sales_month AS s
JOIN account_dim AS a ON a.account = s.account
JOIN product_dim AS p ON p.sku = s.sku
JOIN ends AS e ON e.account = s.account AND e.month = s.month
WHERE s.flow = $flow
  AND s.month <= $as_of::DATE
  AND s.amount IS NOT NULL
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
GROUP BY s.account, s.month
ORDER BY account, start
