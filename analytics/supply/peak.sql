-- The peaks that begin or last within half a year from $as_of.
-- Grain: peak.
-- Units: growth on the forecast, a ratio; category NULL means all products.
-- Params: $as_of DATE.
SELECT
    name AS name,
    coalesce(name_en, name) AS name_en,
    starts_on AS starts_on,
    ends_on AS ends_on,
    category AS category,
    growth::DOUBLE AS growth
FROM calendar
WHERE coalesce(peak, false)
  AND ends_on > $as_of::DATE
  AND starts_on <= ($as_of::DATE + 182)::DATE
ORDER BY starts_on, name
