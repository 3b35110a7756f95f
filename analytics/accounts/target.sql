-- Actual sales against target, for the month of $as_of and for the calendar year up to it.
-- Grain: account that has a target in the year up to $as_of.
-- Units: all CNY; NULL where there is no target or nothing was sold in the window.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- A month for which an account has reported no sell-out counts on neither side; with sell-in such a month is a zero.
-- A month without a target counts on neither side either, whatever was sold in it.
-- A target without a category is for all of them; with a category filter only targets of those categories count.
WITH has_figures AS (
    SELECT DISTINCT account, month
    FROM sales_month
    WHERE flow = $flow AND year(month) = year($as_of::DATE) AND month <= $as_of::DATE
),

wanted AS (
    SELECT t.account AS account, t.month AS month, sum(t.amount) AS amount
    FROM target_month AS t
    WHERE year(t.month) = year($as_of::DATE)
      AND t.month <= $as_of::DATE
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], t.category))
    GROUP BY t.account, t.month
),

aims AS (
    SELECT
        t.account,
        sum(CASE WHEN t.month = date_trunc('month', $as_of::DATE)::DATE THEN t.amount END) AS month_target,
        sum(CASE WHEN h.month IS NOT NULL OR $flow <> 'sell_out' THEN t.amount END) AS year_target
    FROM wanted AS t
    LEFT JOIN has_figures AS h ON h.account = t.account AND h.month = t.month
    GROUP BY t.account
),

made AS (
    SELECT
        s.account,
        sum(CASE WHEN s.month = date_trunc('month', $as_of::DATE)::DATE THEN s.amount END) AS month_amount,
        sum(CASE WHEN t.month IS NOT NULL THEN s.amount END) AS year_amount,
        sum(
            CASE WHEN u.month IS NOT NULL AND (h.month IS NOT NULL OR $flow <> 'sell_out') THEN s.amount END
        ) AS year_before
    FROM sales_month AS s
    LEFT JOIN wanted AS t ON t.account = s.account AND t.month = s.month
    LEFT JOIN wanted AS u ON u.account = s.account AND u.month = (s.month + INTERVAL 12 MONTH)::DATE
    LEFT JOIN has_figures AS h ON h.account = s.account AND h.month = (s.month + INTERVAL 12 MONTH)::DATE
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.sku IN (
          SELECT sku FROM product_dim
          WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
      )
    GROUP BY s.account
)

SELECT
    t.account AS account,
    coalesce(a.name, t.account) AS name,
    coalesce(a.name_en, t.account) AS name_en,
    coalesce(a.owner, '') AS owner,
    m.month_amount::DECIMAL(18, 4) AS month_amount,
    t.month_target::DECIMAL(18, 4) AS month_target,
    m.year_amount::DECIMAL(18, 4) AS year_amount,
    t.year_target::DECIMAL(18, 4) AS year_target,
    m.year_before::DECIMAL(18, 4) AS year_before
FROM aims AS t
LEFT JOIN account_dim AS a ON a.account = t.account
LEFT JOIN made AS m ON m.account = t.account
WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], t.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY coalesce(m.year_amount, 0) - coalesce(t.year_target, 0), account
