-- Sales of the three months that end with each month, against the same three months a year before, by account.
-- Grain: account x month, for months up to $as_of in which both sides have sales to compare.
-- Units: current, before = CNY; reported = whether the account has figures for the month itself (sell-in: always).
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- Like for like: sell-out is matched month by month (a month that an account has not reported is left out on both
-- sides); sell-in, where a month without an order is normal, is matched by account over the whole window.
-- A month in which nobody at all has rows is a gap: it gets none, and with sell-in its other year is not compared either.
-- January and February are one cell, because Spring Festival moves between them: both are compared or neither. The
-- window of January, or of a February still open, is October to December; that of April begins in January.
-- An open month (one that ends after $as_of) is compared with the same days of last year; later days count on neither side.
WITH chosen AS (
    SELECT account
    FROM account_dim
    WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
),

ranged AS (
    SELECT sku
    FROM product_dim
    WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
),

monthly AS (
    SELECT s.account, s.month, sum(s.amount) AS amount
    FROM sales_month AS s
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.account IN (SELECT account FROM chosen)
      AND s.sku IN (SELECT sku FROM ranged)
    GROUP BY s.account, s.month
),

after_the_day AS (
    SELECT s.account, date_trunc('month', s.sold_on)::DATE AS month, sum(s.amount) AS amount
    FROM sales AS s
    WHERE s.flow = $flow
      AND (
          (s.sold_on > $as_of::DATE AND s.sold_on <= last_day($as_of::DATE))
          OR (
              s.sold_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
              AND s.sold_on <= last_day(($as_of::DATE - INTERVAL 12 MONTH)::DATE)
          )
      )
      AND s.account IN (SELECT account FROM chosen)
      AND s.sku IN (SELECT sku FROM ranged)
      AND $as_of::DATE < last_day($as_of::DATE)
    GROUP BY s.account, date_trunc('month', s.sold_on)::DATE
),

paired AS (
    SELECT
        coalesce(c.account, (p.account)) AS account,
        coalesce(c.month, (p.month + INTERVAL 12 MONTH)::DATE) AS month,
        c.amount - CASE WHEN c.month = date_trunc('month', $as_of::DATE)::DATE
            THEN coalesce(l.amount, 0) ELSE 0 END AS current,
        p.amount - CASE WHEN p.month = date_trunc('month', ($as_of::DATE - INTERVAL 12 MONTH))::DATE
            THEN coalesce(d.amount, 0) ELSE 0 END AS before
    FROM monthly AS c
    FULL JOIN monthly AS p ON p.account = c.account AND p.month = (c.month - INTERVAL 12 MONTH)::DATE
    LEFT JOIN after_the_day AS d ON d.account = p.account AND d.month = p.month
    LEFT JOIN after_the_day AS l ON l.account = c.account AND l.month = c.month
),

ends AS (
    SELECT
        m.month,
        CASE WHEN m.pending THEN (date_trunc('year', m.month) - INTERVAL 3 MONTH)::DATE
            WHEN month(m.month) = 4 THEN date_trunc('year', m.month)::DATE
            ELSE (m.month - INTERVAL 2 MONTH)::DATE END AS since,
        CASE WHEN m.pending THEN (date_trunc('year', m.month) - INTERVAL 1 MONTH)::DATE ELSE m.month END AS until
    FROM (
        SELECT DISTINCT month, month(month) = 1 OR (month(month) = 2 AND last_day(month) > $as_of::DATE) AS pending
        FROM account_month
        WHERE flow = $flow AND month <= $as_of::DATE
    ) AS m
),

whole_festivals AS (
    SELECT year(month) AS year
    FROM both_years
    WHERE flow = $flow AND month(month) <= 2 AND last_day(month) <= $as_of::DATE
    GROUP BY year(month)
    HAVING count(*) = 2
),

alike AS (
    SELECT
        account,
        month,
        current,
        before,
        count(CASE WHEN month(month) <= 2 THEN 1 END) OVER (PARTITION BY account, year(month)) AS festival_months
    FROM paired
    WHERE month IN (SELECT month FROM both_years WHERE flow = $flow)
      AND month <= $as_of::DATE
      AND (month(month) > 2 OR year(month) IN (SELECT year FROM whole_festivals))
      AND ($flow <> 'sell_out' OR (current IS NOT NULL AND before IS NOT NULL))
),

counted AS (
    SELECT account, month, current, before
    FROM alike
    WHERE month(month) > 2 OR $flow <> 'sell_out' OR festival_months = 2
)

SELECT
    c.account AS account,
    any_value(a.name) AS name,
    any_value(a.name_en) AS name_en,
    e.month AS month,
    sum(c.current)::DOUBLE AS current,
    sum(c.before)::DOUBLE AS before,
    $flow <> 'sell_out' OR max(CASE WHEN r.account IS NULL THEN 0 ELSE 1 END) = 1 AS reported
FROM ends AS e
JOIN counted AS c ON c.month BETWEEN e.since AND e.until
JOIN account_dim AS a ON a.account = c.account
LEFT JOIN account_month AS r ON r.flow = $flow AND r.account = c.account AND r.month = e.month
GROUP BY c.account, e.month
HAVING sum(c.current) IS NOT NULL AND sum(c.before) > 0
ORDER BY month, account
