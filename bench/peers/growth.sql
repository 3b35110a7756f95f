-- Three months against the same three a year before, by account and month, by hand.
WITH monthly AS (
    SELECT
        account,
        date_trunc('month', sold_on)::DATE AS month,
        sum(amount) AS amount,
        sum(amount) FILTER (
            WHERE sold_on <= $as_of::DATE - INTERVAL 12 MONTH OR sold_on > last_day($as_of::DATE - INTERVAL 12 MONTH)
        ) AS same_days
    FROM sell_out
    WHERE sold_on <= $as_of::DATE
    GROUP BY ALL
),

paired AS (
    SELECT c.account, c.month, c.amount, p.same_days
    FROM monthly AS c
    JOIN monthly AS p ON p.account = c.account AND p.month = c.month - INTERVAL 12 MONTH
)

SELECT e.month, p.account, sum(p.amount), sum(p.same_days), bool_or(p.month = e.month)
FROM (SELECT DISTINCT month FROM monthly) AS e
JOIN paired AS p ON p.month BETWEEN e.month - INTERVAL 2 MONTH AND e.month
GROUP BY ALL
HAVING sum(p.same_days) > 0
ORDER BY e.month, p.account
