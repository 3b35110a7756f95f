-- The peaks that begin or last within half a year from $as_of.
-- Grain: peak.
-- Units: growth on the forecast, a ratio; category NULL means all products; last_start the first day of the peak of that
-- name before it, or NULL; lead_days the longest lead time of all products, or NULL.
-- Params: $as_of DATE.
WITH longest AS (
    SELECT max(lead_days) AS lead_days FROM product_dim
)

SELECT
    c.name AS name,
    coalesce(c.name_en, c.name) AS name_en,
    c.starts_on AS starts_on,
    coalesce(c.ends_on, c.starts_on) AS ends_on,
    CASE WHEN c.category <> '' THEN c.category END AS category,
    c.growth::DOUBLE AS growth,
    max(b.starts_on) AS last_start,
    max(l.lead_days) AS lead_days
FROM calendar AS c
CROSS JOIN longest AS l
LEFT JOIN calendar AS b ON b.name = c.name AND b.peak AND b.starts_on < c.starts_on
WHERE c.peak
  AND coalesce(c.ends_on, c.starts_on) > $as_of::DATE
  AND c.starts_on <= ($as_of::DATE + 182)::DATE
GROUP BY c.name, c.name_en, c.starts_on, c.ends_on, c.category, c.growth
ORDER BY starts_on, name
