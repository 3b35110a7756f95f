-- Accounts by their sales of the twelve months that end with the month of $as_of.
-- Grain: account with any sales up to $as_of.
-- Units: all amounts CNY; share, cumulative 0-1 of the rolling twelve months. NULL means no rows in that window.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- alike and rolling_before are the two sides of the comparison. Sell-out: months that have figures in both years, so that
-- a late reporter moves nothing. Sell-in: a month without an order is a fact, so all accounts over the months in which
-- anybody has figures in both years.
-- An open month is compared with the same days of last year, in month_before and in rolling_before.
WITH chosen AS (
    SELECT account, name, name_en, region, owner
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
    SELECT s.account, sum(s.amount) AS amount
    FROM sales AS s
    WHERE s.flow = $flow
      AND s.sold_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND s.sold_on <= last_day(($as_of::DATE - INTERVAL 12 MONTH)::DATE)
      AND s.account IN (SELECT account FROM chosen)
      AND s.sku IN (SELECT sku FROM ranged)
      AND $as_of::DATE < last_day($as_of::DATE)
    GROUP BY s.account
),

paired AS (
    SELECT
        coalesce(c.account, (p.account)) AS account,
        coalesce(c.month, (p.month + INTERVAL 12 MONTH)::DATE) AS month,
        c.amount AS current,
        p.amount AS earlier
    FROM monthly AS c
    FULL JOIN monthly AS p ON p.account = c.account AND p.month = (c.month - INTERVAL 12 MONTH)::DATE
),

matched AS (
    SELECT
        account,
        CASE WHEN $flow <> 'sell_out' THEN coalesce(sum(current), 0) ELSE sum(current) END AS alike,
        sum(earlier) AS before
    FROM paired
    WHERE month IN (SELECT month FROM both_years WHERE flow = $flow)
      AND month > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND month <= $as_of::DATE
      AND ($flow <> 'sell_out' OR (current IS NOT NULL AND earlier IS NOT NULL))
    GROUP BY account
),

windows AS (
    SELECT
        m.account,
        sum(CASE WHEN m.month = date_trunc('month', $as_of::DATE)::DATE THEN m.amount END) AS month_amount,
        sum(CASE WHEN m.month = date_trunc('month', $as_of::DATE - INTERVAL 12 MONTH)::DATE THEN m.amount END)
            AS month_before,
        sum(CASE WHEN year(m.month) = year($as_of::DATE) THEN m.amount END) AS year_amount,
        sum(CASE WHEN m.month > ($as_of::DATE - INTERVAL 12 MONTH)::DATE THEN m.amount END) AS rolling,
        sum(m.amount) AS total
    FROM monthly AS m
    GROUP BY m.account
)

SELECT
    row_number() OVER (ORDER BY coalesce(w.rolling, 0) DESC, w.account) AS rank,
    w.account AS account,
    c.name AS name,
    c.name_en AS name_en,
    c.region AS region,
    c.owner AS owner,
    w.month_amount::DECIMAL(18, 4) AS month_amount,
    (w.month_before - coalesce(d.amount, 0))::DECIMAL(18, 4) AS month_before,
    w.year_amount::DECIMAL(18, 4) AS year_amount,
    w.rolling::DECIMAL(18, 4) AS rolling,
    q.alike::DECIMAL(18, 4) AS alike,
    (
        q.before
        - CASE WHEN $flow <> 'sell_out' OR w.month_amount IS NOT NULL THEN coalesce(d.amount, 0) ELSE 0 END
    )::DECIMAL(18, 4) AS rolling_before,
    w.total::DECIMAL(18, 4) AS total,
    coalesce(w.rolling, 0)::DOUBLE / nullif(sum(coalesce(w.rolling, 0)) OVER (), 0)::DOUBLE AS share,
    sum(coalesce(w.rolling, 0)) OVER (
        ORDER BY coalesce(w.rolling, 0) DESC, w.account ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )::DOUBLE / nullif(sum(coalesce(w.rolling, 0)) OVER (), 0)::DOUBLE AS cumulative
FROM windows AS w
JOIN chosen AS c ON c.account = w.account
LEFT JOIN after_the_day AS d ON d.account = w.account
LEFT JOIN matched AS q ON q.account = w.account
ORDER BY rank
