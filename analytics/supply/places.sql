-- What all accounts sold together week by week: whether winters go by Spring Festival shows in it.
-- Grain: week (Monday to Sunday) with rows, of up to 156 that have ended by $as_of.
-- Units: week its Monday, pcs.
-- Params: $as_of DATE, $flow VARCHAR.
SELECT date_trunc('week', s.sold_on)::DATE AS week, sum(s.qty)::DOUBLE AS pcs
FROM sales AS s
WHERE s.flow = $flow
  AND s.sold_on < date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE)::DATE
  AND s.sold_on >= (date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE) - INTERVAL 1092 DAY)::DATE
GROUP BY date_trunc('week', s.sold_on)::DATE
ORDER BY week
