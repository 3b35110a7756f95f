-- The list of what is to be sent, added up.
-- Grain: one row.
-- Units: lines, soon (to be sent by $soon_by), late (past the latest order date), unpriced count lines; wanted, pcs pcs;
-- wanted_cny, goods_cny, kept_cny CNY at what the account pays; need_days the most days that any line needs.
-- Params: $kept VARCHAR, $as_of, $soon_by DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
SELECT
    count(*) AS lines,
    coalesce(sum(p.ship + p.rush), 0.0) AS wanted,
    coalesce(sum(coalesce(p.price, 0.0) * (p.ship + p.rush)), 0.0) AS wanted_cny,
    coalesce(sum(p.allotted), 0.0) AS pcs,
    coalesce(sum(p.price * p.allotted), 0.0) AS goods_cny,
    coalesce(sum(p.price * p.kept_pcs), 0.0) AS kept_cny,
    coalesce(sum(CASE WHEN p.dispatch_by <= $soon_by::DATE THEN 1 ELSE 0 END), 0)::BIGINT AS soon,
    coalesce(sum(CASE WHEN p.order_by < $as_of::DATE THEN 1 ELSE 0 END), 0)::BIGINT AS late,
    coalesce(sum(CASE WHEN p.price IS NULL OR p.kept_pcs IS NULL THEN 1 ELSE 0 END), 0)::BIGINT AS unpriced,
    coalesce(max(p.need_days), 1.0) AS need_days
FROM supply_plan AS p
WHERE p.kept = $kept
  AND p.ship + p.rush > 0
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
