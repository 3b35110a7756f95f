-- What the sales files called each account in a month, of the months that a sync touched: the latest spelling.
-- Grain: flow x account x month. Of several spellings on the last day the alphabetically last counts.
-- Params: $since, $until DATE (both included); {flow} is one of FLOWS.
WITH spelled AS (
    SELECT account, account_name, region, date_trunc('month', sold_on)::DATE AS month, max(sold_on) AS last_day
    FROM {flow}
    WHERE sold_on BETWEEN $since AND $until
    GROUP BY account, account_name, region, date_trunc('month', sold_on)::DATE
)

SELECT
    '{flow}' AS flow,
    account AS account,
    month AS month,
    arg_max(account_name, (last_day, account_name)) FILTER (WHERE account_name IS NOT NULL) AS name,
    max(last_day) FILTER (WHERE account_name IS NOT NULL) AS named_on,
    arg_max(region, (last_day, region)) FILTER (WHERE region IS NOT NULL) AS region,
    max(last_day) FILTER (WHERE region IS NOT NULL) AS placed_on
FROM spelled
GROUP BY account, month
