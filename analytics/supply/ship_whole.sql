-- The list of what is to be sent, added up.
-- Grain: one row.
-- Units: lines, soon (to be sent within two weeks), late (past the latest order date), unpriced count lines; wanted, pcs
-- pcs; wanted_cny, goods_cny, kept_cny CNY at what the account pays; need_days the most days that any line needs.
-- Params: $kept VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
SELECT
    coalesce(sum(s.lines), 0)::BIGINT AS lines,
    coalesce(sum(s.wanted), 0)::DOUBLE AS wanted,
    coalesce(sum(s.wanted_cny), 0)::DOUBLE AS wanted_cny,
    coalesce(sum(s.allotted), 0)::DOUBLE AS pcs,
    coalesce(sum(s.goods_cny), 0)::DOUBLE AS goods_cny,
    coalesce(sum(s.kept_cny), 0)::DOUBLE AS kept_cny,
    coalesce(sum(s.soon), 0)::BIGINT AS soon,
    coalesce(sum(s.late), 0)::BIGINT AS late,
    coalesce(sum(s.unpriced), 0)::BIGINT AS unpriced,
    coalesce(max(s.longest), 1::DOUBLE) AS need_days
FROM supply_sums AS s
WHERE s.kept = $kept
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], s.region))
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], s.category))
