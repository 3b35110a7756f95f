-- What each account sold week by week (Monday to Sunday), all that is known up to $as_of.
-- Grain: account x week with rows.
-- Units: amount CNY; last_day the last day with rows in that week; chosen whether the reader looks at the account.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions VARCHAR[] or NULL (all).
SELECT
    d.account AS account,
    any_value(a.name) AS name,
    any_value(a.name_en) AS name_en,
    any_value(a.owner) AS owner,
    any_value(
        ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], d.account))
        AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
    ) AS chosen,
    date_trunc('week', d.day)::DATE AS start,
    sum(d.amount)::DOUBLE AS amount,
    max(d.day) AS last_day
FROM sales_day AS d
JOIN account_dim AS a ON a.account = d.account
WHERE d.flow = $flow AND d.day <= $as_of::DATE AND d.amount IS NOT NULL
GROUP BY d.account, date_trunc('week', d.day)::DATE
ORDER BY account, start
