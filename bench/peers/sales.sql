-- Months beside last year's, by hand: one pass over the lines, then account x month against itself a year before.
WITH monthly AS (
    SELECT
        account,
        date_trunc('month', sold_on)::DATE AS month,
        sum(amount) AS amount,
        sum(qty) AS qty,
        sum(amount) FILTER (
            WHERE sold_on <= $as_of::DATE - INTERVAL 12 MONTH OR sold_on > last_day($as_of::DATE - INTERVAL 12 MONTH)
        ) AS same_days
    FROM sell_out
    WHERE sold_on <= $as_of::DATE
    GROUP BY ALL
)

SELECT
    c.month,
    sum(c.amount),
    sum(c.qty),
    count(*),
    sum(c.amount) FILTER (WHERE p.account IS NOT NULL),
    sum(p.same_days)
FROM monthly AS c
LEFT JOIN monthly AS p ON p.account = c.account AND p.month = c.month - INTERVAL 12 MONTH
GROUP BY c.month
ORDER BY c.month
