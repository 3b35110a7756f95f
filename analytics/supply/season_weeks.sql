-- When each peak began the last time before its next: what tells whether it moved.
-- Grain: name of a peak that has begun by $as_of.
-- Units: starts_on its newest first day by $as_of.
-- Params: $as_of DATE.
SELECT c.name AS name, max(c.starts_on) AS starts_on
FROM calendar AS c
WHERE coalesce(c.peak, false) AND c.starts_on <= $as_of::DATE
GROUP BY c.name
ORDER BY name
