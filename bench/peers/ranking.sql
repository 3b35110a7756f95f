-- Accounts by rolling twelve months beside the twelve before, by hand.
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
)

SELECT
    c.account,
    sum(c.amount) FILTER (WHERE c.month = date_trunc('month', $as_of::DATE)),
    sum(c.same_days) FILTER (WHERE c.month = date_trunc('month', $as_of::DATE) - INTERVAL 12 MONTH),
    sum(c.amount) FILTER (WHERE year(c.month) = year($as_of::DATE)),
    sum(c.amount) FILTER (WHERE c.month > $as_of::DATE - INTERVAL 12 MONTH) AS rolling,
    sum(c.amount) FILTER (WHERE c.month > $as_of::DATE - INTERVAL 12 MONTH AND p.account IS NOT NULL),
    sum(p.same_days) FILTER (WHERE c.month > $as_of::DATE - INTERVAL 12 MONTH),
    sum(c.amount)
FROM monthly AS c
LEFT JOIN monthly AS p ON p.account = c.account AND p.month = c.month - INTERVAL 12 MONTH
GROUP BY c.account
ORDER BY rolling DESC, c.account
