-- How many key accounts there are, month by month, under each definition.
-- Grain: month x rule; months with twelve months of history up to the month of $as_of. rule = sales | share | flag.
-- Units: line = CNY (sales) or 0-1 (share), 0 for flag; accounts, late, pending = accounts.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all), $line CNY, $share 0-1.
-- late: sell-out accounts with figures in two of the three months before and none in the month. pending: those of them
-- that would reach the line with a usual month more. The flag is the master's of today; no file dates it.
WITH chosen AS (
    SELECT account, key_account
    FROM account_dim
    WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
),

monthly AS (
    SELECT s.account, s.month, sum(s.amount) AS amount
    FROM sales_month AS s
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.account IN (SELECT account FROM chosen)
      AND s.sku IN (
          SELECT sku FROM product_dim
          WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
      )
    GROUP BY s.account, s.month
),

months AS (
    SELECT span.month::DATE AS month
    FROM (
        SELECT unnest(generate_series(
            (SELECT (min(month) + INTERVAL 11 MONTH)::DATE FROM account_month WHERE flow = $flow),
            date_trunc('month', $as_of::DATE)::DATE,
            INTERVAL 1 MONTH
        )) AS month
    ) AS span
),

rolled AS (
    SELECT
        e.month,
        m.account,
        sum(m.amount)::DOUBLE AS rolling,
        sum(CASE WHEN m.month < e.month AND m.month >= (e.month - INTERVAL 3 MONTH)::DATE THEN m.amount END)::DOUBLE
            / nullif(count(CASE WHEN m.month < e.month AND m.month >= (e.month - INTERVAL 3 MONTH)::DATE
                THEN 1 END), 0)::DOUBLE AS usual
    FROM months AS e
    JOIN monthly AS m ON m.month BETWEEN (e.month - INTERVAL 11 MONTH)::DATE AND e.month
    GROUP BY e.month, m.account
),

seen AS (
    SELECT
        e.month,
        a.account,
        $flow = 'sell_out'
            AND max(CASE WHEN a.month = e.month THEN 1 ELSE 0 END) = 0
            AND count(CASE WHEN a.month < e.month THEN 1 END) >= 2 AS late
    FROM months AS e
    JOIN account_month AS a ON a.flow = $flow AND a.month BETWEEN (e.month - INTERVAL 3 MONTH)::DATE AND e.month
    GROUP BY e.month, a.account
),

ranked AS (
    SELECT
        r.month,
        r.account,
        r.rolling,
        coalesce(r.usual, 0) AS usual,
        coalesce(s.late, false) AS late,
        c.key_account AS flagged,
        (sum(r.rolling) OVER (
            PARTITION BY r.month ORDER BY r.rolling DESC, r.account
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) - r.rolling)::DOUBLE / nullif(sum(r.rolling) OVER (PARTITION BY r.month), 0)::DOUBLE AS above
    FROM rolled AS r
    JOIN chosen AS c ON c.account = r.account
    LEFT JOIN seen AS s ON s.month = r.month AND s.account = r.account
),

rules AS (
    SELECT 'sales' AS rule, $line::DOUBLE AS line
    UNION ALL
    SELECT 'share' AS rule, $share::DOUBLE AS line
    UNION ALL
    SELECT 'flag' AS rule, 0.0::DOUBLE AS line
    WHERE EXISTS (SELECT 1 FROM accounts AS a WHERE a.key_account IS NOT NULL)
),

counted AS (
    SELECT
        r.month,
        u.rule,
        u.line,
        count(CASE
            WHEN u.rule = 'sales' AND r.rolling >= u.line THEN 1
            WHEN u.rule = 'share' AND r.above < u.line - 0.000000000001 THEN 1
            WHEN u.rule = 'flag' AND r.flagged THEN 1
        END) AS accounts,
        count(CASE WHEN r.late THEN 1 END) AS late,
        count(CASE
            WHEN u.rule = 'sales' AND r.late AND r.rolling < u.line AND r.rolling + r.usual >= u.line THEN 1
        END) AS pending
    FROM ranked AS r
    CROSS JOIN rules AS u
    GROUP BY r.month, u.rule, u.line
)

SELECT
    c.month AS month,
    c.rule AS rule,
    c.line AS line,
    c.accounts AS accounts,
    c.late AS late,
    c.pending AS pending
FROM counted AS c
ORDER BY month, rule
