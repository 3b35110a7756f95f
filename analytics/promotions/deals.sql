-- Every promotion of an account and product with its terms, what was sold on deal, and what was sold before it.
-- Grain: promotion x account x sku.
-- Units: depth, our_share, expected_uplift ratios; fixed_cost CNY; account_margin, margin, price CNY a piece; on_deal pcs
-- from the first to the last day, up to $as_of; before_pcs, before_cny of the eight weeks before. NULL is not known.
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH sold AS (
    SELECT
        p.promotion AS promotion,
        p.account AS account,
        p.sku AS sku,
        sum(CASE WHEN s.sold_on >= p.starts_on THEN s.qty END)::DOUBLE AS on_deal,
        sum(CASE WHEN s.sold_on < p.starts_on AND s.amount IS NOT NULL THEN s.qty END)::DOUBLE AS before_pcs,
        sum(CASE WHEN s.sold_on < p.starts_on THEN s.amount END)::DOUBLE AS before_cny
    FROM promotions AS p
    JOIN sales AS s ON s.account = p.account AND s.sku = p.sku
    WHERE s.flow = 'sell_out'
      AND s.sold_on >= (p.starts_on - INTERVAL 56 DAY)::DATE
      AND s.sold_on <= p.ends_on
      AND s.sold_on <= $as_of::DATE
    GROUP BY p.promotion, p.account, p.sku
)

SELECT
    p.promotion AS promotion,
    coalesce(p.title, p.promotion) AS title,
    p.account AS account,
    coalesce(a.name, p.account) AS name,
    coalesce(a.name_en, a.name, p.account) AS name_en,
    coalesce(a.owner, '') AS owner,
    p.sku AS sku,
    coalesce(d.name, p.sku) AS sku_name,
    coalesce(d.name_en, d.name, p.sku) AS sku_name_en,
    coalesce(d.category, '') AS category,
    p.starts_on AS starts_on,
    p.ends_on AS ends_on,
    coalesce(p.mechanic, '') AS mechanic,
    p.depth::DOUBLE AS depth,
    p.fixed_cost::DOUBLE AS fixed_cost,
    p.our_share::DOUBLE AS our_share,
    p.account_margin::DOUBLE AS account_margin,
    p.expected_uplift::DOUBLE AS expected_uplift,
    d.margin::DOUBLE AS margin,
    d.price::DOUBLE AS price,
    s.on_deal AS on_deal,
    s.before_pcs AS before_pcs,
    s.before_cny AS before_cny,
    ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
    AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
    AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], d.category)) AS chosen
FROM promotions AS p
LEFT JOIN account_dim AS a ON a.account = p.account
LEFT JOIN product_dim AS d ON d.sku = p.sku
LEFT JOIN sold AS s ON s.promotion = p.promotion AND s.account = p.account AND s.sku = p.sku
ORDER BY starts_on, promotion, account, sku
