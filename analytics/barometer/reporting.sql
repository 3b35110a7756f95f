-- Which accounts have figures for the month, of those that usually have.
-- Grain: account that had sales in at least two of the three months before the month of $as_of, or in that month.
-- Units: usual = CNY a month, mean of those of the three months before that have figures.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions VARCHAR[] or NULL (all).
WITH window_months AS (
    SELECT
        d.account,
        date_trunc('month', d.day)::DATE AS month,
        sum(d.amount) AS amount,
        max(d.day) AS last_day
    FROM sales_day AS d
    WHERE d.flow = $flow
      AND d.day <= $as_of::DATE
      AND d.day >= (date_trunc('month', $as_of::DATE) - INTERVAL 3 MONTH)::DATE
    GROUP BY d.account, date_trunc('month', d.day)::DATE
),

seen AS (
    SELECT
        account,
        max(last_day) AS last_day,
        count(CASE WHEN month = date_trunc('month', $as_of::DATE)::DATE THEN 1 END) > 0 AS reported,
        count(CASE WHEN month < date_trunc('month', $as_of::DATE)::DATE THEN 1 END) AS months_before,
        sum(CASE WHEN month < date_trunc('month', $as_of::DATE)::DATE THEN amount END)::DOUBLE
            / nullif(count(CASE WHEN month < date_trunc('month', $as_of::DATE)::DATE THEN amount END), 0)::DOUBLE AS usual
    FROM window_months
    GROUP BY account
)

SELECT
    s.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    a.owner AS owner,
    s.last_day AS last_day,
    s.reported AS reported,
    s.usual AS usual
FROM seen AS s
JOIN account_dim AS a ON a.account = s.account
WHERE (s.reported OR s.months_before >= 2)
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY reported, usual DESC, account
