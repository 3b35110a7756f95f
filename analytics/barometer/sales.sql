-- Sales month by month beside the same month of last year; months without any row are there, empty.
-- Grain: month, from the first with data to the month of $as_of.
-- Units: amount, alike, before, festival_alike, festival_before CNY; qty pcs. NULL means no rows at all, which is not zero.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- alike and before are the two sides of the comparison. Sell-out: accounts that have figures for both months, so that a
-- late reporter moves nothing. Sell-in: everything, because a month without an order is a fact. Of an open month last
-- year's same days count.
-- festival_alike and festival_before are the two sides of January and February together, told with a February that has
-- ended: Spring Festival moves between them. Sell-out: accounts with all four months. Both are NULL where anybody's
-- January or February is missing in either year.
WITH by_account AS (
    SELECT s.account, s.month, sum(s.amount) AS amount, sum(s.qty) AS qty
    FROM sales_month AS s
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.account IN (
          SELECT account FROM account_dim
          WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
            AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
      )
      AND s.sku IN (
          SELECT sku FROM product_dim
          WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
      )
    GROUP BY s.account, s.month
),

after_the_day AS (
    SELECT s.account, date_trunc('month', s.sold_on)::DATE AS month, sum(s.amount) AS amount
    FROM sales AS s
    WHERE s.flow = $flow
      AND s.sold_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND s.sold_on <= last_day(($as_of::DATE - INTERVAL 12 MONTH)::DATE)
      AND $as_of::DATE < last_day($as_of::DATE)
      AND s.account IN (SELECT account FROM by_account)
      AND s.sku IN (
          SELECT sku FROM product_dim
          WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
      )
    GROUP BY s.account, date_trunc('month', s.sold_on)::DATE
),

earlier AS (
    SELECT b.account, (b.month + INTERVAL 12 MONTH)::DATE AS month, b.amount - coalesce(d.amount, 0) AS amount
    FROM by_account AS b
    LEFT JOIN after_the_day AS d ON d.account = b.account AND d.month = b.month
),

monthly AS (
    SELECT b.month, sum(b.amount) AS amount, sum(b.qty) AS qty, count(*) AS accounts,
        sum(CASE WHEN $flow <> 'sell_out' OR e.amount IS NOT NULL THEN b.amount END) AS alike
    FROM by_account AS b
    LEFT JOIN earlier AS e ON e.account = b.account AND e.month = b.month
    GROUP BY b.month
),

compared AS (
    SELECT e.month, sum(e.amount) AS before
    FROM earlier AS e
    LEFT JOIN by_account AS b ON b.account = e.account AND b.month = e.month
    WHERE $flow <> 'sell_out' OR b.amount IS NOT NULL
    GROUP BY e.month
),

festival_months AS (
    SELECT account, month, amount, date_trunc('year', month)::DATE AS new_year
    FROM by_account
    WHERE month(month) <= 2
),

festivals AS (
    SELECT account, new_year, sum(amount) AS amount, count(*) AS months
    FROM festival_months
    GROUP BY account, new_year
),

whole AS (
    SELECT new_year FROM festival_months GROUP BY new_year HAVING count(DISTINCT month) = 2
),

together AS (
    SELECT
        w.new_year AS new_year,
        sum(CASE WHEN $flow <> 'sell_out' OR (c.months = 2 AND p.months = 2) THEN c.amount END) AS alike,
        sum(CASE WHEN $flow <> 'sell_out' OR (c.months = 2 AND p.months = 2) THEN p.amount END) AS before
    FROM whole AS w
    JOIN whole AS v ON v.new_year = (w.new_year - INTERVAL 12 MONTH)::DATE
    JOIN (SELECT DISTINCT account FROM festivals) AS a ON TRUE
    LEFT JOIN festivals AS c ON c.account = a.account AND c.new_year = w.new_year
    LEFT JOIN festivals AS p ON p.account = a.account AND p.new_year = v.new_year
    WHERE (w.new_year + INTERVAL 2 MONTH)::DATE <= ($as_of::DATE + INTERVAL 1 DAY)::DATE
    GROUP BY w.new_year
),

months AS (
    SELECT span.month::DATE AS month
    FROM (
        SELECT unnest(generate_series(
            (SELECT min(month) FROM monthly), date_trunc('month', $as_of::DATE)::DATE, INTERVAL 1 MONTH
        )) AS month
    ) AS span
)

SELECT
    m.month AS month,
    n.amount::DECIMAL(18, 4) AS amount,
    n.qty::DECIMAL(18, 3) AS qty,
    coalesce(n.accounts, 0) AS accounts,
    n.alike::DECIMAL(18, 4) AS alike,
    p.before::DECIMAL(18, 4) AS before,
    f.alike::DECIMAL(18, 4) AS festival_alike,
    f.before::DECIMAL(18, 4) AS festival_before
FROM months AS m
LEFT JOIN monthly AS n ON n.month = m.month
LEFT JOIN compared AS p ON p.month = m.month
LEFT JOIN together AS f ON (f.new_year + INTERVAL 1 MONTH)::DATE = m.month
ORDER BY month
