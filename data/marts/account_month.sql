-- What the sales files called each account in a month, of the months that a sync touched: the latest spelling.
-- Grain: flow x account x month. Of several spellings on the last day the alphabetically last counts.
-- Params: $since, $until DATE (both included; whole months); {flow} is one of FLOWS. Which accounts there are comes from
-- `sales_month`, which is made first: a file without names is then not read again.
WITH spelled AS (
    SELECT account, account_name, region, date_trunc('month', sold_on)::DATE AS month, max(sold_on) AS last_day
    FROM {flow}
    WHERE sold_on BETWEEN $since AND $until
      AND (account_name IS NOT NULL OR region IS NOT NULL)
    GROUP BY account, account_name, region, date_trunc('month', sold_on)::DATE
),

named AS (
    SELECT
        account AS account,
        month AS month,
        arg_max(account_name, (last_day, account_name)) FILTER (WHERE account_name IS NOT NULL) AS name,
        max(last_day) FILTER (WHERE account_name IS NOT NULL) AS named_on,
        arg_max(region, (last_day, region)) FILTER (WHERE region IS NOT NULL) AS place,
        max(last_day) FILTER (WHERE region IS NOT NULL) AS placed_on
    FROM spelled
    GROUP BY account, month
),

sold AS (
    SELECT DISTINCT account, month FROM sales_month WHERE flow = '{flow}' AND month BETWEEN $since AND $until
)

SELECT
    '{flow}' AS flow,
    s.account AS account,
    s.month AS month,
    n.name AS name,
    n.named_on AS named_on,
    n.place AS region,
    n.placed_on AS placed_on
FROM sold AS s
LEFT JOIN named AS n ON n.account = s.account AND n.month = s.month
