-- How many days lines took that were delivered in the twelve months to $as_of, and how often each number occurs.
-- Grain: region x measure x days; a region of the account master without a line has one row without a measure.
-- Units: days whole calendar days; lines. Measure: lead, ordered to delivered; transit, shipped to delivered; late,
-- promised to delivered (negative: early).
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH came AS (
    SELECT
        coalesce(a.region, '') AS region,
        date_diff('day', o.ordered_on, o.delivered_on) AS lead_days,
        date_diff('day', o.shipped_on, o.delivered_on) AS transit_days,
        date_diff('day', o.promised_on, o.delivered_on) AS late_days
    FROM orders AS o
    LEFT JOIN account_dim AS a ON a.account = o.account
    LEFT JOIN product_dim AS p ON p.sku = o.sku
    WHERE o.delivered_on <= $as_of::DATE
      AND o.delivered_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND o.qty > 0
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], o.account))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
),

measured AS (
    SELECT region, 'lead' AS measure, lead_days AS days FROM came
    UNION ALL
    SELECT region, 'transit' AS measure, transit_days AS days FROM came
    UNION ALL
    SELECT region, 'late' AS measure, late_days AS days FROM came
),

counted AS (
    SELECT region, measure, days, count(*) AS lines
    FROM measured
    WHERE days IS NOT NULL
    GROUP BY region, measure, days
),

named AS (
    SELECT region FROM account_dim
    UNION
    SELECT region FROM came
)

SELECT
    n.region AS region,
    coalesce(c.measure, '') AS measure,
    coalesce(c.days, 0) AS days,
    coalesce(c.lines, 0) AS lines
FROM named AS n
LEFT JOIN counted AS c ON c.region = n.region
WHERE $regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], n.region)
ORDER BY region, measure, days
