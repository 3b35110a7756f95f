-- Stock beyond what will sell in time, how long ago it came in, and which account is short of the same product.
-- Grain: account x sku of the kept plan with at least one piece of excess, or of stock that came in over $old days ago;
-- and what sells but is not planned.
-- Units: over_pcs pcs of stock and goods in transit beyond 5/3 of the days needed, over_cny CNY of them. The stock on
-- hand is taken as the newest that came in (first in, first out): pcs by days since then, the ends included; age_unknown
-- is what no receipt on record explains; all NULL without a count. wanted pcs that other accounts are short of, wanted_by
-- the one with most.
-- Params: $kept VARCHAR, $as_of DATE, $old INTEGER, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH items AS (
    SELECT
        p.account AS account,
        p.sku AS sku,
        p.state AS state,
        p.recent AS recent,
        p.on_hand AS on_hand,
        p.cover_days AS cover_days,
        p.need_days AS need_days,
        p.price AS price,
        p.excess AS over_pcs
    FROM supply_plan AS p
    JOIN account_dim AS a ON a.account = p.account
    JOIN product_dim AS d ON d.sku = p.sku
    WHERE p.kept = $kept
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], d.category))
),

came AS (
    SELECT s.account AS account, s.sku AS sku, s.sold_on AS came_on, sum(s.qty)::DOUBLE AS qty
    FROM sell_in AS s
    WHERE s.sold_on <= $as_of::DATE AND s.qty > 0
    GROUP BY s.account, s.sku, s.sold_on
),

back AS (
    SELECT
        c.account AS account,
        c.sku AS sku,
        c.came_on AS came_on,
        c.qty AS qty,
        sum(c.qty) OVER (
            PARTITION BY c.account, c.sku ORDER BY c.came_on DESC, c.account ROWS UNBOUNDED PRECEDING
        ) AS since
    FROM came AS c
),

held AS (
    SELECT
        i.account AS account,
        i.sku AS sku,
        date_diff('day', b.came_on, $as_of::DATE) AS days,
        least(b.since, i.on_hand) - (b.since - b.qty) AS qty
    FROM items AS i
    JOIN back AS b ON b.account = i.account AND b.sku = i.sku
    WHERE b.since - b.qty < i.on_hand
),

aged AS (
    SELECT
        h.account AS account,
        h.sku AS sku,
        sum(CASE WHEN h.days <= 90 THEN h.qty ELSE 0::DOUBLE END) AS up_to_90,
        sum(CASE WHEN h.days > 90 AND h.days <= 180 THEN h.qty ELSE 0::DOUBLE END) AS up_to_180,
        sum(CASE WHEN h.days > 180 AND h.days <= 270 THEN h.qty ELSE 0::DOUBLE END) AS up_to_270,
        sum(CASE WHEN h.days > 270 AND h.days <= 365 THEN h.qty ELSE 0::DOUBLE END) AS up_to_365,
        sum(CASE WHEN h.days > 365 THEN h.qty ELSE 0::DOUBLE END) AS over_365,
        sum(CASE WHEN h.days > $old::INTEGER THEN h.qty ELSE 0::DOUBLE END) AS old_pcs,
        sum(h.qty) AS qty
    FROM held AS h
    GROUP BY h.account, h.sku
),

short AS (
    SELECT
        p.account AS account,
        p.sku AS sku,
        p.ship + p.rush AS pieces,
        row_number() OVER (PARTITION BY p.sku ORDER BY p.ship + p.rush DESC, p.account) AS place
    FROM supply_plan AS p
    WHERE p.kept = $kept AND p.ship + p.rush > 0
),

asked AS (
    SELECT sku AS sku, sum(pieces) AS pieces FROM short GROUP BY sku
)

SELECT
    i.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    a.owner AS owner,
    i.sku AS sku,
    d.name AS sku_name,
    d.name_en AS sku_name_en,
    i.state AS state,
    i.recent AS recent,
    i.on_hand AS on_hand,
    i.cover_days AS cover_days,
    i.need_days AS need_days,
    i.price AS price,
    i.over_pcs AS over_pcs,
    i.over_pcs * i.price AS over_cny,
    CASE WHEN i.on_hand IS NOT NULL THEN coalesce(g.up_to_90, 0::DOUBLE) END AS up_to_90,
    CASE WHEN i.on_hand IS NOT NULL THEN coalesce(g.up_to_180, 0::DOUBLE) END AS up_to_180,
    CASE WHEN i.on_hand IS NOT NULL THEN coalesce(g.up_to_270, 0::DOUBLE) END AS up_to_270,
    CASE WHEN i.on_hand IS NOT NULL THEN coalesce(g.up_to_365, 0::DOUBLE) END AS up_to_365,
    CASE WHEN i.on_hand IS NOT NULL THEN coalesce(g.over_365, 0::DOUBLE) END AS over_365,
    CASE WHEN i.on_hand IS NOT NULL THEN greatest(i.on_hand - coalesce(g.qty, 0::DOUBLE), 0::DOUBLE) END AS age_unknown,
    coalesce(w.pieces, 0::DOUBLE) - coalesce(o.pieces, 0::DOUBLE) AS wanted,
    CASE WHEN t.account IS NOT NULL THEN b.name ELSE '' END AS wanted_by,
    CASE WHEN t.account IS NOT NULL THEN b.name_en ELSE '' END AS wanted_by_en
FROM items AS i
JOIN account_dim AS a ON a.account = i.account
JOIN product_dim AS d ON d.sku = i.sku
LEFT JOIN aged AS g ON g.account = i.account AND g.sku = i.sku
LEFT JOIN asked AS w ON w.sku = i.sku
LEFT JOIN short AS o ON o.account = i.account AND o.sku = i.sku
LEFT JOIN short AS t ON t.sku = i.sku AND t.place = CASE WHEN o.place = 1 THEN 2 ELSE 1 END
LEFT JOIN account_dim AS b ON b.account = t.account
WHERE i.over_pcs >= 1 OR g.old_pcs >= 1 OR (i.state <> '' AND i.recent > 0)
ORDER BY coalesce(i.over_pcs * i.price, 0::DOUBLE) DESC, account, sku
