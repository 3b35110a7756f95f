-- What our own warehouses hold of each product, at its last count, against the level at which more is ordered.
-- Grain: warehouse x product with a count up to $as_of.
-- Units: on_hand, on_order, reorder_level pcs, NULL where the file says nothing; price CNY a piece; newest is the last
-- day on which the warehouse counted anything.
-- Params: $as_of DATE, $stopped VARCHAR[] (words for a product that is no longer made), $regions, $categories VARCHAR[]
-- or NULL (all). A warehouse that names no region serves all of them.
WITH counts AS (
    SELECT
        coalesce(warehouse, '') AS warehouse,
        sku,
        counted_on,
        max(region) AS region,
        max(sku_name) AS sku_name,
        sum(on_hand) AS on_hand,
        sum(on_order) AS on_order,
        min(CASE WHEN on_order > 0 THEN due_on END) AS due_on,
        max(reorder_level) AS reorder_level
    FROM own_stock
    WHERE counted_on <= $as_of::DATE
    GROUP BY coalesce(warehouse, ''), sku, counted_on
),

dated AS (
    SELECT
        warehouse,
        sku,
        counted_on,
        region,
        sku_name,
        on_hand,
        on_order,
        due_on,
        reorder_level,
        max(counted_on) OVER (PARTITION BY warehouse, sku) AS latest,
        max(counted_on) OVER (PARTITION BY warehouse) AS newest
    FROM counts
)

SELECT
    d.warehouse AS warehouse,
    coalesce(d.region, '') AS region,
    d.sku AS sku,
    coalesce(p.sku_name, d.sku_name, d.sku) AS name,
    coalesce(p.name_en, p.sku_name, d.sku_name, d.sku) AS name_en,
    d.counted_on AS counted_on,
    d.newest AS newest,
    d.on_hand::DOUBLE AS on_hand,
    d.on_order::DOUBLE AS on_order,
    d.due_on AS due_on,
    d.reorder_level::DOUBLE AS reorder_level,
    p.price::DOUBLE AS price,
    coalesce(list_contains($stopped::VARCHAR[], p.lifecycle), false) AS is_stopped
FROM dated AS d
LEFT JOIN products AS p ON p.sku = d.sku
WHERE d.counted_on = d.latest
  AND (d.region IS NULL OR $regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], d.region))
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
ORDER BY warehouse, sku
