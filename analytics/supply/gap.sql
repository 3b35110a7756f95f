-- From what is needed to what is still to be ordered, by category. What is there at one account fills no gap at another,
-- so stock counts up to the need of its own item.
-- Grain: category of the kept sums with planned items.
-- Units: pcs; target is need and safety together; packs what whole packs add; items how many, short how many with a gap.
-- Params: $kept VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
SELECT
    s.category AS category,
    sum(s.items)::BIGINT AS items,
    sum(s.lacking)::BIGINT AS short,
    sum(s.need_pcs) AS need,
    sum(s.safety) AS safety,
    sum(s.on_hand) AS on_hand,
    sum(s.in_transit) AS in_transit,
    sum(s.unsent) AS unsent,
    sum(s.packs) AS packs,
    sum(s.ship) AS ship
FROM supply_sums AS s
WHERE s.kept = $kept
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], s.region))
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], s.category))
  AND s.items > 0
GROUP BY s.category
ORDER BY ship DESC, category
