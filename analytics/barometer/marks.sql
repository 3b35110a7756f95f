-- What happened at the accounts: events, promotions, and trials at their pilots; the five largest, one a month.
-- Grain: happening up to $as_of and in the 24 months before it; of a month the largest. Units: amount = CNY, what the
-- accounts concerned sold in that month.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions VARCHAR[] or NULL (all).
WITH happened AS (
    SELECT 'events' AS dataset, e.event AS code, e.title AS title, e.account AS account, e.starts_on AS starts_on
    FROM events AS e
    UNION ALL
    SELECT 'promotions' AS dataset, p.promotion AS code, p.title AS title, p.account AS account, p.starts_on AS starts_on
    FROM promotions AS p
    UNION ALL
    SELECT 'trials' AS dataset, t.trial AS code, t.title AS title, c.account AS account, t.starts_on AS starts_on
    FROM trials AS t
    JOIN trial_scope AS c ON c.trial = t.trial AND c.pilot
),

concerned AS (
    SELECT DISTINCT h.dataset, h.code, h.title, h.account, h.starts_on, date_trunc('month', h.starts_on)::DATE AS month
    FROM happened AS h
    JOIN account_dim AS a ON a.account = h.account
    WHERE h.starts_on <= $as_of::DATE
      AND h.starts_on > ($as_of::DATE - INTERVAL 24 MONTH)::DATE
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], h.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
),

sold AS (
    SELECT account, month, sum(amount) AS amount
    FROM sales_month
    WHERE flow = $flow AND month <= $as_of::DATE
    GROUP BY account, month
),

sized AS (
    SELECT
        c.dataset,
        c.code,
        c.title,
        c.month,
        min(c.starts_on) AS starts_on,
        count(DISTINCT c.account) AS accounts,
        min(c.account) AS account,
        sum(s.amount) AS amount
    FROM concerned AS c
    JOIN sold AS s ON s.account = c.account AND s.month = c.month
    GROUP BY c.dataset, c.code, c.title, c.month
),

ranked AS (
    SELECT
        dataset,
        code,
        title,
        month,
        starts_on,
        accounts,
        account,
        amount,
        row_number() OVER (PARTITION BY month ORDER BY amount DESC, dataset, code) AS turn
    FROM sized
)

SELECT
    r.month AS month,
    r.starts_on AS starts_on,
    r.dataset AS dataset,
    r.title AS title,
    r.accounts AS accounts,
    d.name AS name,
    d.name_en AS name_en,
    r.amount::DOUBLE AS amount
FROM ranked AS r
JOIN account_dim AS d ON d.account = r.account
WHERE r.turn = 1
ORDER BY amount DESC, month, title
LIMIT 5
