-- Every account that any file names: from the account master, or else as the sales files call it (latest spelling).
-- Grain: account. `listed` tells whether the master has it.
WITH named AS (
    SELECT
        account AS account,
        arg_max(name, (named_on, name)) FILTER (WHERE name IS NOT NULL) AS name,
        arg_max(region, (placed_on, region)) FILTER (WHERE region IS NOT NULL) AS region
    FROM account_month
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
