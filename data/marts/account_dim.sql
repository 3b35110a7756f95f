-- Every account that any file names: from the account master, or else as the sales files call it (latest spelling).
-- Grain: account. `listed` tells whether the master has it.
WITH seen AS (
    SELECT account, account_name, region, sold_on FROM sell_out
    UNION ALL
    SELECT account, account_name, region, sold_on FROM sell_in
),

named AS (
    SELECT
        account,
        arg_max(account_name, sold_on) FILTER (WHERE account_name IS NOT NULL) AS name,
        arg_max(region, sold_on) FILTER (WHERE region IS NOT NULL) AS region
    FROM seen
    GROUP BY account
)

SELECT
    coalesce(a.account, n.account) AS account,
    coalesce(a.account_name, n.name, n.account) AS name,
    coalesce(a.name_en, a.account_name, n.name, n.account) AS name_en,
    coalesce(a.region, n.region, '') AS region,
    coalesce(a.tier, '') AS tier,
    coalesce(a.channel, '') AS channel,
    coalesce(a.owner, '') AS owner,
    coalesce(a.key_account, false) AS key_account,
    a.stores AS stores,
    a.account IS NOT NULL AS listed
FROM accounts AS a
FULL JOIN named AS n ON n.account = a.account
