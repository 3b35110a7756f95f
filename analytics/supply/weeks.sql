-- Pieces by product at an account and week (Monday to Sunday), of the series that `series.sql` numbers.
-- Grain: item x week with rows.
-- Units: start the Monday, qty pcs.
-- Params: $since, $until DATE (both included), $as_of DATE, $flow VARCHAR; $since is the first of a month.
WITH numbered AS (
    SELECT account, sku, row_number() OVER (ORDER BY account, sku) - 1 AS item
    FROM (
        SELECT DISTINCT account, sku
        FROM sales_month
        WHERE flow = $flow AND month >= $since::DATE AND month <= $as_of::DATE
    ) AS seen
)

SELECT
    n.item AS item,
    date_trunc('week', s.sold_on)::DATE AS start,
    sum(s.qty)::DOUBLE AS qty
FROM sales AS s
JOIN numbered AS n ON n.account = s.account AND n.sku = s.sku
WHERE s.flow = $flow AND s.sold_on BETWEEN $since::DATE AND $until::DATE
GROUP BY n.item, date_trunc('week', s.sold_on)::DATE
