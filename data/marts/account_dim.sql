-- Every account that any file names: from the account master, or else as the sales files call it (latest spelling).
-- Grain: account. `listed` tells whether the master has it; `parent` is the top of its group as far as is known, whether
-- or not the master has a row for it, and the account itself where there is none. Steps are doubled: sixteen levels. Who
-- climbs in a circle (the intake refuses one) or higher stands alone.
WITH named AS (
    SELECT
        account AS account,
        arg_max(name, (named_on, name)) FILTER (WHERE name IS NOT NULL) AS name,
        arg_max(region, (placed_on, region)) FILTER (WHERE region IS NOT NULL) AS region
    FROM account_month
    GROUP BY account
),

up1 AS (
    SELECT account AS account, coalesce(parent, account) AS top FROM accounts
),

up2 AS (
    SELECT a.account AS account, coalesce(b.top, a.top) AS top FROM up1 AS a LEFT JOIN up1 AS b ON b.account = a.top
),

up4 AS (
    SELECT a.account AS account, coalesce(b.top, a.top) AS top FROM up2 AS a LEFT JOIN up2 AS b ON b.account = a.top
),

up8 AS (
    SELECT a.account AS account, coalesce(b.top, a.top) AS top FROM up4 AS a LEFT JOIN up4 AS b ON b.account = a.top
),

up16 AS (
    SELECT a.account AS account, coalesce(b.top, a.top) AS top FROM up8 AS a LEFT JOIN up8 AS b ON b.account = a.top
),

climbed AS (
    SELECT u.account AS account, CASE WHEN coalesce(s.top, u.top) = u.top THEN u.top ELSE u.account END AS top
    FROM up16 AS u
    LEFT JOIN up1 AS s ON s.account = u.top
)

SELECT
    coalesce(a.account, n.account) AS account,
    coalesce(a.account_name, n.name, n.account) AS name,
    coalesce(a.name_en, a.account_name, n.name, n.account) AS name_en,
    coalesce(c.top, a.account, n.account) AS parent,
    coalesce(a.region, n.region, '') AS region,
    coalesce(a.tier, '') AS tier,
    coalesce(a.channel, '') AS channel,
    coalesce(a.owner, '') AS owner,
    coalesce(a.key_account, false) AS key_account,
    a.stores AS stores,
    a.account IS NOT NULL AS listed
FROM accounts AS a
FULL JOIN named AS n ON n.account = a.account
LEFT JOIN climbed AS c ON c.account = a.account
