-- How concentrated sales are, month by month, over the twelve months that end with each.
-- Grain: month up to $as_of that has figures or lies between such months.
-- Units: total, first_amount, margin_total, margin_first = CNY; cr1, cr5, hhi, margin_known 0-1; months, accounts counts.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- months = months of the twelve in which anybody has figures. Ratios are NULL while twelve months lie not yet behind.
-- margin = quantity x unit margin of the product master; margin_known = part of the total that has one.
WITH monthly AS (
    SELECT
        s.account,
        s.month,
        sum(s.amount) AS amount,
        sum(s.qty * p.margin) AS margin,
        sum(CASE WHEN p.margin IS NOT NULL THEN s.amount END) AS priced
    FROM sales_month AS s
    JOIN product_dim AS p ON p.sku = s.sku
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.account IN (
          SELECT account FROM account_dim
          WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
            AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
      )
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
    GROUP BY s.account, s.month
),

months AS (
    SELECT span.month::DATE AS month
    FROM (
        SELECT unnest(generate_series(
            (SELECT min(month) FROM monthly), date_trunc('month', $as_of::DATE)::DATE, INTERVAL 1 MONTH
        )) AS month
    ) AS span
),

history AS (
    SELECT e.month, count(DISTINCT h.month) AS months, min(f.first_month) <= (e.month - INTERVAL 11 MONTH)::DATE AS whole
    FROM months AS e
    JOIN account_month AS h ON h.flow = $flow AND h.month BETWEEN (e.month - INTERVAL 11 MONTH)::DATE AND e.month
    CROSS JOIN (SELECT min(month) AS first_month FROM account_month WHERE flow = $flow) AS f
    GROUP BY e.month
),

rolled AS (
    SELECT
        e.month,
        m.account,
        sum(m.amount) AS rolling,
        sum(m.margin) AS margin,
        sum(m.priced) AS priced
    FROM months AS e
    JOIN monthly AS m ON m.month BETWEEN (e.month - INTERVAL 11 MONTH)::DATE AND e.month
    GROUP BY e.month, m.account
),

ranked AS (
    SELECT
        month,
        account,
        rolling,
        margin,
        priced,
        row_number() OVER (PARTITION BY month ORDER BY rolling DESC, account) AS place,
        rolling::DOUBLE / nullif(sum(rolling) OVER (PARTITION BY month), 0)::DOUBLE AS share
    FROM rolled
),

spread AS (
    SELECT
        month,
        count(CASE WHEN rolling <> 0 THEN 1 END) AS accounts,
        sum(rolling) AS total,
        max(CASE WHEN place = 1 THEN account END) AS first,
        sum(CASE WHEN place = 1 THEN rolling END) AS first_amount,
        sum(CASE WHEN place = 1 THEN share END) AS cr1,
        sum(CASE WHEN place <= 5 THEN share END) AS cr5,
        sum(share * share) AS hhi,
        sum(CASE WHEN place = 1 THEN margin END) AS margin_first,
        sum(margin) AS margin_total,
        coalesce(sum(priced), 0)::DOUBLE / nullif(sum(rolling), 0)::DOUBLE AS margin_known
    FROM ranked
    GROUP BY month
)

SELECT
    s.month AS month,
    h.months AS months,
    s.accounts AS accounts,
    s.total::DECIMAL(18, 4) AS total,
    s.first AS account,
    d.name AS name,
    d.name_en AS name_en,
    s.first_amount::DECIMAL(18, 4) AS first_amount,
    CASE WHEN h.whole THEN s.cr1 END AS cr1,
    CASE WHEN h.whole THEN s.cr5 END AS cr5,
    CASE WHEN h.whole THEN s.hhi END AS hhi,
    s.margin_first::DECIMAL(18, 4) AS margin_first,
    s.margin_total::DECIMAL(18, 4) AS margin_total,
    s.margin_known AS margin_known
FROM spread AS s
JOIN history AS h ON h.month = s.month
JOIN account_dim AS d ON d.account = s.first
ORDER BY month
