-- What is to be sent to whom by when: open orders that must go now, and what has to be ordered beyond them.
-- Grain: account x sku of the kept plan with something to send, the $most that keep most sales.
-- Units: pcs, days, CNY; risk of being out in three weeks a probability; goods_cny and kept_cny at what the account pays,
-- NULL where no price is known.
-- Params: $kept VARCHAR, $most BIGINT, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH chosen AS (
    SELECT p.place AS place
    FROM supply_plan AS p
    WHERE p.kept = $kept
      AND p.ship + p.rush > 0
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
    ORDER BY coalesce(p.price, 0::DOUBLE) * p.kept_pcs DESC, p.place
    LIMIT $most
)

SELECT
    p.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    a.owner AS owner,
    p.sku AS sku,
    d.name AS sku_name,
    d.name_en AS sku_name_en,
    p.rush AS rush,
    p.ship AS ship,
    p.allotted AS allotted,
    p.warehouse AS warehouse,
    p.dispatch_by AS dispatch_by,
    p.order_by AS order_by,
    p.arrive_by AS arrive_by,
    p.until AS until,
    p.peak AS peak,
    p.peak_en AS peak_en,
    p.cover_days AS cover_days,
    p.need_days AS need_days,
    p.risk AS risk,
    p.price AS price,
    round(p.price * p.allotted, 2) AS goods_cny,
    round(p.price * p.kept_pcs, 2) AS kept_cny
FROM chosen AS f
JOIN supply_plan AS p ON p.place = f.place
JOIN account_dim AS a ON a.account = p.account
JOIN product_dim AS d ON d.sku = p.sku
WHERE p.kept = $kept
ORDER BY coalesce(p.price, 0::DOUBLE) * p.kept_pcs DESC, account, sku
