-- What each account sold of each product week by week: the panel that forecasts are made from and judged by.
-- Grain: account x sku x week with rows, of up to 156 weeks that have ended by $as_of.
-- Units: series 1, 2, ... in the order of account and sku; pcs; week its Monday; chosen whether the reader looks at the series.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH cells AS (
    SELECT s.account AS account, s.sku AS sku, date_trunc('week', s.sold_on)::DATE AS week, sum(s.qty)::DOUBLE AS pcs
    FROM sales AS s
    WHERE s.flow = $flow
      AND s.sold_on < date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE)::DATE
      AND s.sold_on >= (date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE) - INTERVAL 1092 DAY)::DATE
    GROUP BY s.account, s.sku, date_trunc('week', s.sold_on)::DATE
)

SELECT
    dense_rank() OVER (ORDER BY c.account, c.sku) AS series,
    c.account AS account,
    c.sku AS sku,
    p.category AS category,
    ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], c.account))
    AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
    AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category)) AS chosen,
    c.week AS week,
    c.pcs AS pcs
FROM cells AS c
JOIN account_dim AS a ON a.account = c.account
JOIN product_dim AS p ON p.sku = c.sku
ORDER BY account, sku, week
