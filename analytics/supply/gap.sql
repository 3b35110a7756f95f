-- From what is needed to what is still to be ordered, by category. What is there at one account fills no gap at another,
-- so stock counts up to the need of its own item.
-- Grain: category of the kept sums with planned items.
-- Units: pcs; target is need and safety together; packs what whole packs add; items how many, short how many with a gap.
-- Params: $kept VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
<<<<<<< HEAD
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
=======
WITH used AS (
    SELECT
        d.category AS category,
        p.need AS need,
        p.safety AS safety,
        p.need + p.safety AS target,
        least(p.on_hand, p.need + p.safety) AS on_hand,
        coalesce(p.in_transit, 0.0)::DOUBLE AS in_transit,
        p.unsent AS unsent,
        p.ship AS ship
    FROM supply_plan AS p
    JOIN account_dim AS a ON a.account = p.account
    JOIN product_dim AS d ON d.sku = p.sku
    WHERE p.kept = $kept
      AND p.state = ''
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], d.category))
),

filled AS (
    SELECT
        category AS category,
        need AS need,
        safety AS safety,
        target AS target,
        on_hand AS on_hand,
        least(in_transit, target - on_hand) AS in_transit,
        unsent AS unsent,
        ship AS ship
    FROM used
)

SELECT
    category AS category,
    count(*) AS items,
    sum(CASE WHEN ship > 0 THEN 1 ELSE 0 END)::BIGINT AS short,
    sum(need) AS need,
    sum(safety) AS safety,
    sum(on_hand) AS on_hand,
    sum(in_transit)::DOUBLE AS in_transit,
    sum(least(unsent, target - on_hand - in_transit)) AS unsent,
    sum(ship - (target - on_hand - in_transit - least(unsent, target - on_hand - in_transit))) AS packs,
    sum(ship) AS ship
FROM filled
GROUP BY category
>>>>>>> core
ORDER BY ship DESC, category
