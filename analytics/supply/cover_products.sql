-- Which products of some accounts have most at stake, for a figure.
-- Grain: product, the $most first.
-- Units: stake_cny CNY at risk and in excess; missing pcs.
-- Params: $kept VARCHAR, $most BIGINT, $first_accounts VARCHAR[], $categories VARCHAR[] or NULL (all).
WITH first AS (
    SELECT account AS account FROM account_dim WHERE list_contains($first_accounts::VARCHAR[], account)
)

SELECT
    p.sku AS sku,
    sum(
        coalesce(greatest(p.soon_pcs, p.lost_pcs) * p.price, 0::DOUBLE) + coalesce(p.excess * p.price, 0::DOUBLE)
    ) AS stake_cny,
    sum(greatest(coalesce(p.need_days - p.cover_days, 0::DOUBLE), 0::DOUBLE) * coalesce(p.rate, 0::DOUBLE)) AS missing
FROM supply_plan AS p
JOIN first AS f ON f.account = p.account
WHERE p.kept = $kept
  AND p.cover_days IS NOT NULL
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
GROUP BY p.sku
ORDER BY stake_cny DESC, missing DESC, sku
LIMIT $most
