-- How fresh each dataset of what has happened is, and how far its days usually lie apart.
-- Grain: dataset x distance between two neighbouring days with rows, of the last year of data; one row without a distance
-- for a dataset with a single day.
-- Units: last_day the last day with rows up to $as_of; gap days; times how often.
-- Params: $as_of DATE.
WITH days AS (
    SELECT flow AS dataset, day AS day FROM sales_day WHERE day <= $as_of::DATE GROUP BY flow, day
    UNION ALL
    SELECT 'stock' AS dataset, counted_on AS day FROM stock WHERE counted_on <= $as_of::DATE GROUP BY counted_on
    UNION ALL
    SELECT 'orders' AS dataset, ordered_on AS day FROM orders WHERE ordered_on <= $as_of::DATE GROUP BY ordered_on
    UNION ALL
    SELECT 'payments' AS dataset, paid_on AS day FROM payments WHERE paid_on <= $as_of::DATE GROUP BY paid_on
),

lasts AS (
    SELECT dataset, max(day) AS last_day FROM days GROUP BY dataset
),

recent AS (
    SELECT d.dataset AS dataset, d.day AS day
    FROM days AS d
    JOIN lasts AS l ON l.dataset = d.dataset
    WHERE d.day > (l.last_day - INTERVAL 12 MONTH)::DATE
),

steps AS (
    SELECT dataset, day, lag(day) OVER (PARTITION BY dataset ORDER BY day, dataset) AS before FROM recent
),

gaps AS (
    SELECT dataset, date_diff('day', before, day) AS gap, count(*) AS times
    FROM steps
    WHERE before IS NOT NULL
    GROUP BY dataset, date_diff('day', before, day)
)

SELECT l.dataset AS dataset, l.last_day AS last_day, g.gap AS gap, g.times AS times
FROM lasts AS l
LEFT JOIN gaps AS g ON g.dataset = l.dataset
ORDER BY dataset, gap
