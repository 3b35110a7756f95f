-- The difference to last year over three months by category, by hand; accounts x months that both years have.
WITH monthly AS (
    SELECT account, category, date_trunc('month', sold_on)::DATE AS month, sum(amount) AS amount
    FROM sell_out
    WHERE sold_on BETWEEN date_trunc('month', $as_of::DATE) - INTERVAL 2 MONTH AND $as_of::DATE
        OR sold_on BETWEEN date_trunc('month', $as_of::DATE) - INTERVAL 14 MONTH AND $as_of::DATE - INTERVAL 12 MONTH
    GROUP BY ALL
),

sides AS (
    SELECT account, category, month, amount AS current, 0 AS before
    FROM monthly
    WHERE month > $as_of::DATE - INTERVAL 12 MONTH
    UNION ALL
    SELECT account, category, (month + INTERVAL 12 MONTH)::DATE, 0, amount
    FROM monthly
    WHERE month <= $as_of::DATE - INTERVAL 12 MONTH
),

alike AS (
    SELECT account, month FROM sides GROUP BY ALL HAVING bool_or(current <> 0) AND bool_or(before <> 0)
)

SELECT category, sum(current), sum(before)
FROM sides
JOIN alike USING (account, month)
GROUP BY category
ORDER BY abs(sum(current) - sum(before)) DESC, category
