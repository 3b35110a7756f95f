-- What each account took and sent back, month by month, and what it paid against today's list price.
-- Grain: account x month with rows, of the 36 months that end with the month of $as_of.
-- Units: shipped, back pcs; shipped_cny, back_cny CNY, back ones positive; listed, paid CNY of lines with a list price.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- A line is a return when its quantity or its amount is negative; free goods have no price and no discount.
SELECT
    s.account AS account,
    any_value(a.name) AS name,
    any_value(a.name_en) AS name_en,
    any_value(a.owner) AS owner,
    date_trunc('month', s.sold_on)::DATE AS month,
    sum(CASE WHEN s.qty > 0 THEN s.qty ELSE 0 END)::DOUBLE AS shipped,
    sum(CASE WHEN s.qty < 0 THEN -s.qty ELSE 0 END)::DOUBLE AS back,
    sum(CASE WHEN s.amount > 0 THEN s.amount ELSE 0 END)::DECIMAL(18, 4) AS shipped_cny,
    sum(CASE WHEN s.amount < 0 THEN -s.amount ELSE 0 END)::DECIMAL(18, 4) AS back_cny,
    sum(CASE WHEN s.qty > 0 AND s.amount > 0 AND p.price > 0 THEN s.qty * p.price ELSE 0 END)::DOUBLE AS listed,
    sum(CASE WHEN s.qty > 0 AND s.amount > 0 AND p.price > 0 THEN s.amount ELSE 0 END)::DOUBLE AS paid
FROM sales AS s
JOIN account_dim AS a ON a.account = s.account
JOIN product_dim AS p ON p.sku = s.sku
WHERE s.flow = $flow
  AND s.sold_on <= $as_of::DATE
  AND s.sold_on >= (date_trunc('month', $as_of::DATE) - INTERVAL 35 MONTH)::DATE
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
GROUP BY s.account, date_trunc('month', s.sold_on)::DATE
ORDER BY account, month
