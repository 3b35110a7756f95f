-- Accounts with and without figures for the month, by hand.
WITH monthly AS (
    SELECT account, date_trunc('month', sold_on)::DATE AS month, sum(amount) AS amount, max(sold_on) AS last_day
    FROM sell_out
    WHERE sold_on BETWEEN date_trunc('month', $as_of::DATE) - INTERVAL 3 MONTH AND $as_of::DATE
    GROUP BY ALL
)

SELECT
    account,
    max(last_day),
    bool_or(month = date_trunc('month', $as_of::DATE)),
    avg(amount) FILTER (WHERE month < date_trunc('month', $as_of::DATE))
FROM monthly
GROUP BY account
HAVING bool_or(month = date_trunc('month', $as_of::DATE))
    OR count(*) FILTER (WHERE month < date_trunc('month', $as_of::DATE)) >= 2
ORDER BY account
