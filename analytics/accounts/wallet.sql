-- What accounts buy of our kind of goods from all suppliers, as the account master states it, and what we shipped them.
-- Grain: account with stated purchases above zero. Every category: purchases are stated for all of them together.
-- Units: purchases, rolling CNY; months counted, of the twelve that end with the month of $as_of, in which our own books
-- hold shipments to anybody. A month in which an account ordered nothing is a zero.
-- Params: $as_of DATE (the end of a month), $accounts, $regions VARCHAR[] or NULL (all).
WITH span AS (
    SELECT
        (date_trunc('month', $as_of::DATE) - INTERVAL 11 MONTH)::DATE AS since,
        date_trunc('month', $as_of::DATE)::DATE AS until
),

shipped AS (
    SELECT s.account, s.month, sum(s.amount) AS amount
    FROM sales_month AS s
    JOIN span AS w ON s.month BETWEEN w.since AND w.until
    WHERE s.flow = 'sell_in'
    GROUP BY s.account, s.month
),

known AS (
    SELECT count(DISTINCT month) AS months FROM shipped
),

rolled AS (
    SELECT account, sum(amount) AS rolling FROM shipped GROUP BY account
)

SELECT
    a.account AS account,
    d.name AS name,
    d.name_en AS name_en,
    d.owner AS owner,
    a.purchases AS purchases,
    coalesce(r.rolling, 0)::DECIMAL(38, 4) AS rolling,
    k.months AS months
FROM accounts AS a
JOIN account_dim AS d ON d.account = a.account
CROSS JOIN known AS k
LEFT JOIN rolled AS r ON r.account = a.account
WHERE a.purchases > 0
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], a.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], d.region))
ORDER BY a.purchases - coalesce(r.rolling, 0) DESC, account
