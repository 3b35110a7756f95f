-- Targets by month: the target of several months is spread evenly over those that it covers.
-- Grain: account x category x month. Units: amount CNY.
-- To the cent: each month but the last has the even share in whole cents, rounded down, and the last month what is left.
WITH begun AS (
    SELECT
        account AS account,
        category AS category,
        amount AS amount,
        CASE
            WHEN covers IN ('quarter', '3 months') THEN 3
            WHEN covers IN ('half-year', '6 months') THEN 6
            WHEN covers IN ('year', '12 months') THEN 12
            ELSE 1
        END AS months,
        CASE
            WHEN covers = 'quarter' THEN date_trunc('quarter', month)::DATE
            WHEN covers = 'half-year' AND month(month) > 6 THEN (date_trunc('year', month) + INTERVAL 6 MONTH)::DATE
            WHEN covers IN ('half-year', 'year') THEN date_trunc('year', month)::DATE
            ELSE month
        END AS since
    FROM targets
    WHERE amount IS NOT NULL
),

ended AS (
    SELECT
        account AS account,
        category AS category,
        amount AS amount,
        months AS months,
        since AS since,
        CASE months
            WHEN 3 THEN (since + INTERVAL 2 MONTH)::DATE
            WHEN 6 THEN (since + INTERVAL 5 MONTH)::DATE
            WHEN 12 THEN (since + INTERVAL 11 MONTH)::DATE
            ELSE since
        END AS until,
        (floor((amount::DECIMAL(22, 4) * 100)::DOUBLE / nullif(months, 0)::DOUBLE)::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 4) AS share
    FROM begun
),

spread AS (
    SELECT
        e.account AS account,
        e.category AS category,
        e.amount AS amount,
        e.months AS months,
        e.share AS share,
        e.until AS until,
        unnest(generate_series(e.since, e.until, INTERVAL 1 MONTH)) AS month
    FROM ended AS e
)

SELECT
    account AS account,
    category AS category,
    month::DATE AS month,
    sum(CASE WHEN month::DATE = until THEN amount - share * (months - 1) ELSE share END)::DECIMAL(18, 4) AS amount
FROM spread
GROUP BY account, category, month::DATE
