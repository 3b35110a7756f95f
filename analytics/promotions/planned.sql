-- What can be promoted with an account: what it sold of late, with what a piece brings.
-- Grain: sku sold by the account in the 26 weeks up to $as_of.
-- Units: qty pcs; price CNY a piece as sold, the list price where amounts are missing; margin CNY a piece. NULL is not known.
-- Params: $as_of DATE, $account VARCHAR.
SELECT
    s.account AS account,
    any_value(a.name) AS name,
    any_value(a.name_en) AS name_en,
    s.sku AS sku,
    any_value(d.name) AS sku_name,
    any_value(d.name_en) AS sku_name_en,
    any_value(d.category) AS category,
    any_value(d.margin)::DOUBLE AS margin,
    coalesce(
        sum(CASE WHEN s.amount IS NOT NULL THEN s.amount END)::DOUBLE
        / nullif(sum(CASE WHEN s.amount IS NOT NULL THEN s.qty END), 0)::DOUBLE,
        any_value(d.price)::DOUBLE
    ) AS price,
    sum(s.qty)::DOUBLE AS qty
FROM sales AS s
JOIN account_dim AS a ON a.account = s.account
JOIN product_dim AS d ON d.sku = s.sku
WHERE s.flow = 'sell_out'
  AND s.account = $account
  AND s.sold_on > ($as_of::DATE - INTERVAL 182 DAY)::DATE
  AND s.sold_on <= $as_of::DATE
GROUP BY s.account, s.sku
ORDER BY qty DESC, sku
