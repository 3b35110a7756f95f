-- The next peak of the calendar: the first that has not ended by $as_of and concerns what the reader looks at.
-- Grain: one row at most. Units: growth as a ratio to last year, as the calendar gives it, or NULL; last_start the first
-- day of the peak of that name before it, or NULL.
-- Params: $as_of DATE, $categories VARCHAR[] or NULL (all).
SELECT
    c.name AS name,
    coalesce(c.name_en, c.name) AS name_en,
    c.starts_on AS starts_on,
    coalesce(c.ends_on, c.starts_on) AS ends_on,
    coalesce(c.category, '') AS category,
    c.growth::DOUBLE AS growth,
    max(b.starts_on) AS last_start
FROM calendar AS c
LEFT JOIN calendar AS b ON b.name = c.name AND b.peak AND b.starts_on < c.starts_on
WHERE c.peak
  AND coalesce(c.ends_on, c.starts_on) > $as_of::DATE
  AND ($categories::VARCHAR[] IS NULL OR coalesce(c.category, '') = '' OR list_contains($categories::VARCHAR[], c.category))
GROUP BY c.name, c.name_en, c.starts_on, c.ends_on, c.category, c.growth
ORDER BY starts_on, name
LIMIT 1
