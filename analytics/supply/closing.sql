-- Stock at the end of the weeks in which it was counted: the week's last count, and what came in and was sold after it.
-- Grain: item x week with a count; items are numbered as in `weeks.sql`.
-- Units: start the Monday, closing pcs.
-- Params: $since, $until DATE (both included), $as_of DATE, $flow VARCHAR; $since is the first of a month.
WITH numbered AS (
    SELECT account, sku, row_number() OVER (ORDER BY account, sku) - 1 AS item
    FROM (
        SELECT DISTINCT account, sku
        FROM sales_month
        WHERE flow = $flow AND month >= $since::DATE AND month <= $as_of::DATE
    ) AS seen
),

counted AS (
    SELECT
        n.item AS item,
        k.account AS account,
        k.sku AS sku,
        k.counted_on AS counted_on,
        date_trunc('week', k.counted_on)::DATE AS start,
        sum(k.on_hand)::DOUBLE AS on_hand
    FROM stock AS k
    JOIN numbered AS n ON n.account = k.account AND n.sku = k.sku
    WHERE k.counted_on BETWEEN $since::DATE AND $until::DATE AND k.on_hand IS NOT NULL
    GROUP BY n.item, k.account, k.sku, k.counted_on
),

newest AS (
    SELECT item AS item, start AS start, max(counted_on) AS counted_on
    FROM counted
    GROUP BY item, start
),

after AS (
    SELECT
        c.item AS item,
        c.start AS start,
        sum(CASE WHEN s.flow = 'sell_in' THEN s.qty ELSE -s.qty END)::DOUBLE AS moved
    FROM newest AS w
    JOIN counted AS c ON c.item = w.item AND c.counted_on = w.counted_on
    JOIN sales AS s
        ON s.account = c.account AND s.sku = c.sku AND date_trunc('week', s.sold_on)::DATE = c.start
    WHERE c.counted_on < (c.start + INTERVAL 6 DAY)::DATE AND s.sold_on > c.counted_on AND s.sold_on <= $until::DATE
    GROUP BY c.item, c.start
)

SELECT w.item AS item, w.start AS start, c.on_hand + coalesce(a.moved, 0.0) AS closing
FROM newest AS w
JOIN counted AS c ON c.item = w.item AND c.counted_on = w.counted_on
LEFT JOIN after AS a ON a.item = w.item AND a.start = w.start
