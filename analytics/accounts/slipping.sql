-- How long each account's pauses between two days with sales are, and how often each length occurs.
-- Grain: account x length of pause; one row more for each account, with pause 0, stands for its first day.
-- Units: pause days; times; last_day the last day with sales up to $as_of; rolling CNY of the twelve months to $as_of.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions VARCHAR[] or NULL (all).
-- A day on which an account only sent goods back is no day with sales.
WITH days AS (
    SELECT account, day, lag(day) OVER (PARTITION BY account ORDER BY day, account) AS before
    FROM sales_day
    WHERE flow = $flow AND day <= $as_of::DATE AND (qty > 0 OR amount > 0)
),

pauses AS (
    SELECT account, coalesce(date_diff('day', before, day), 0) AS pause, count(*) AS times, max(day) AS last_day
    FROM days
    GROUP BY account, coalesce(date_diff('day', before, day), 0)
),

yearly AS (
    SELECT account, sum(amount) AS rolling
    FROM sales_day
    WHERE flow = $flow AND day <= $as_of::DATE AND day > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
    GROUP BY account
)

SELECT
    p.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    a.owner AS owner,
    p.pause AS pause,
    p.times AS times,
    max(p.last_day) OVER (PARTITION BY p.account) AS last_day,
    coalesce(y.rolling, 0)::DOUBLE AS rolling
FROM pauses AS p
JOIN account_dim AS a ON a.account = p.account
LEFT JOIN yearly AS y ON y.account = p.account
WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY account, pause
