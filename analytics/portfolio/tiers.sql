-- Accounts by size (ABC) and by how steadily they sell (XYZ), now and a year ago.
-- Grain: account of the scope with sales in the 24 months up to the month of $as_of (a month that has ended).
-- Units: rolling, rolling_before = CNY of twelve months; cv, cv_before = ratio; months, months_before = cells of the twelve
-- months that cv stands on (January and February are one). NULL where history or figures do not suffice.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all), $a_line, $b_line 0-1
-- cumulative, $x_line, $y_line of cv, $enough cells.
-- Season: each calendar month's mean over the 24 months against the mean of all, over every account. With sell-out a month
-- that an account has not reported counts nowhere; with sell-in no order is a zero from its first month on. Months in which
-- nobody has figures count nowhere. Tiers are judged in region and category; $accounts only chooses what is listed.
WITH chosen AS (
    SELECT account, name, name_en, owner
    FROM account_dim
    WHERE $regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region)
),

spans AS (
    SELECT
        'now' AS side,
        (date_trunc('month', $as_of::DATE) - INTERVAL 11 MONTH)::DATE AS since,
        date_trunc('month', $as_of::DATE)::DATE AS until
    UNION ALL
    SELECT
        'then' AS side,
        (date_trunc('month', $as_of::DATE) - INTERVAL 23 MONTH)::DATE AS since,
        (date_trunc('month', $as_of::DATE) - INTERVAL 12 MONTH)::DATE AS until
),

life AS (
    SELECT account, min(month) AS first_month
    FROM account_month
    WHERE flow = $flow
    GROUP BY account
),

whole AS (
    SELECT s.side, s.since, s.until
    FROM spans AS s
    CROSS JOIN (SELECT min(first_month) AS begun FROM life) AS b
    WHERE b.begun <= s.since
),

sold AS (
    SELECT s.account, s.month, sum(s.amount) AS amount
    FROM sales_month AS s
    WHERE s.flow = $flow
      AND s.month BETWEEN (SELECT min(since) FROM spans) AND $as_of::DATE
      AND s.sku IN (
          SELECT sku FROM product_dim
          WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
      )
    GROUP BY s.account, s.month
),

calendar AS (
    SELECT a.month, CASE WHEN month(a.month) <= 2 THEN 1 ELSE month(a.month) END AS season
    FROM account_month AS a
    WHERE a.flow = $flow AND a.month BETWEEN (SELECT min(since) FROM spans) AND $as_of::DATE
    GROUP BY a.month
),

totals AS (
    SELECT c.month, c.season, coalesce(sum(s.amount), 0) AS amount
    FROM calendar AS c
    LEFT JOIN sold AS s ON s.month = c.month
    GROUP BY c.month, c.season
),

seasons AS (
    SELECT
        t.season,
        avg(t.amount::DOUBLE)::DOUBLE / nullif(max(m.mean), 0)::DOUBLE AS factor
    FROM totals AS t
    CROSS JOIN (SELECT avg(amount::DOUBLE) AS mean FROM totals) AS m
    WHERE (SELECT count(*) FROM whole) = 2
    GROUP BY t.season
),

grid AS (
    SELECT w.side, c.month, c.season, f.account
    FROM whole AS w
    JOIN calendar AS c ON c.month BETWEEN w.since AND w.until
    JOIN life AS f ON f.first_month <= c.month
    JOIN chosen AS h ON h.account = f.account
    LEFT JOIN account_month AS a ON a.flow = $flow AND a.account = f.account AND a.month = c.month
    WHERE $flow <> 'sell_out' OR a.account IS NOT NULL
),

paced AS (
    SELECT g.side, g.account, g.season, avg(coalesce(s.amount, 0)::DOUBLE) AS amount
    FROM grid AS g
    LEFT JOIN sold AS s ON s.account = g.account AND s.month = g.month
    GROUP BY g.side, g.account, g.season
),

varied AS (
    SELECT
        p.side,
        p.account,
        count(*) AS months,
        CASE WHEN count(*) >= $enough AND avg(p.amount::DOUBLE / nullif(e.factor, 0)::DOUBLE) > 0
            THEN stddev_samp(p.amount::DOUBLE / nullif(e.factor, 0)::DOUBLE)::DOUBLE
                / nullif(avg(p.amount::DOUBLE / nullif(e.factor, 0)::DOUBLE), 0)::DOUBLE END AS cv
    FROM paced AS p
    JOIN seasons AS e ON e.season = p.season
    WHERE e.factor > 0
    GROUP BY p.side, p.account
),

rolled AS (
    SELECT w.side, s.account, sum(s.amount) AS rolling
    FROM whole AS w
    JOIN sold AS s ON s.month BETWEEN w.since AND w.until
    JOIN chosen AS h ON h.account = s.account
    GROUP BY w.side, s.account
),

ranked AS (
    SELECT
        side,
        account,
        rolling,
        (sum(rolling) OVER (
            PARTITION BY side ORDER BY rolling DESC, account ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) - rolling)::DOUBLE / nullif(sum(rolling) OVER (PARTITION BY side), 0)::DOUBLE AS above
    FROM rolled
),

tiered AS (
    SELECT
        r.side,
        r.account,
        r.rolling,
        v.months,
        v.cv,
        CASE WHEN r.rolling <= 0 THEN 'C' WHEN r.above < $a_line - 0.000000000001 THEN 'A'
            WHEN r.above < $b_line - 0.000000000001 THEN 'B' WHEN r.above IS NOT NULL THEN 'C' END AS abc,
        CASE WHEN v.cv <= $x_line THEN 'X' WHEN v.cv <= $y_line THEN 'Y' WHEN v.cv IS NOT NULL THEN 'Z' END AS xyz
    FROM ranked AS r
    LEFT JOIN varied AS v ON v.side = r.side AND v.account = r.account
)

SELECT
    h.account AS account,
    h.name AS name,
    h.name_en AS name_en,
    h.owner AS owner,
    n.rolling::DECIMAL(18, 4) AS rolling,
    n.abc AS abc,
    n.xyz AS xyz,
    n.cv AS cv,
    n.months AS months,
    t.rolling::DECIMAL(18, 4) AS rolling_before,
    t.abc AS abc_before,
    t.xyz AS xyz_before,
    t.cv AS cv_before,
    t.months AS months_before
FROM chosen AS h
LEFT JOIN tiered AS n ON n.account = h.account AND n.side = 'now'
LEFT JOIN tiered AS t ON t.account = h.account AND t.side = 'then'
WHERE (n.account IS NOT NULL OR t.account IS NOT NULL)
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], h.account))
ORDER BY coalesce(n.rolling, 0) DESC, account
