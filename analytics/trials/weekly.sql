-- What each place sold of the products under trial, week by week (Monday to Sunday), up to the last week that has ended.
-- Grain: account x store x SKU x week with rows; store "" is the whole account, stores come besides where a trial names them.
-- SKU "" says that the place told anything in that week: a week without it is missing, one with it and no row a zero.
-- Units: week its Monday; pcs; last_day the last day with rows in that week.
-- Params: $as_of DATE.
WITH tried AS (
    SELECT DISTINCT sku FROM trials
),

named AS (
    SELECT DISTINCT account, store FROM trial_scope WHERE store IS NOT NULL AND store <> ''
),

sold AS (
    SELECT s.account, '' AS store, s.sku, s.sold_on, s.qty
    FROM sell_out AS s
    JOIN tried AS t ON t.sku = s.sku
    WHERE s.sold_on < date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE)::DATE
    UNION ALL
    SELECT s.account, s.store, s.sku, s.sold_on, s.qty
    FROM sell_out AS s
    JOIN tried AS t ON t.sku = s.sku
    JOIN named AS n ON n.account = s.account AND n.store = s.store
    WHERE s.sold_on < date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE)::DATE
    UNION ALL
    SELECT d.account, '' AS store, '' AS sku, d.day AS sold_on, 0::DECIMAL(18, 3) AS qty
    FROM sales_day AS d
    WHERE d.flow = 'sell_out' AND d.day < date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE)::DATE
    UNION ALL
    SELECT s.account, s.store, '' AS sku, s.sold_on, 0::DECIMAL(18, 3) AS qty
    FROM sell_out AS s
    JOIN named AS n ON n.account = s.account AND n.store = s.store
    WHERE s.sold_on < date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE)::DATE
)

SELECT
    account AS account,
    store AS store,
    sku AS sku,
    date_trunc('week', sold_on)::DATE AS week,
    sum(qty)::DOUBLE AS pcs,
    max(sold_on) AS last_day
FROM sold
WHERE EXISTS (SELECT 1 AS one FROM tried)
GROUP BY account, store, sku, date_trunc('week', sold_on)::DATE
ORDER BY account, store, sku, week
