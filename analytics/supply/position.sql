-- Where every product stands at every account: what is there, on its way and on order, what it costs, how long it takes.
-- Grain: account x sku of the kept outlook.
-- Units: pcs, days, CNY a piece. on_hand is the last count, at most $old days old, with what came in and was sold since
-- where both kinds of sales are loaded ($follow). in_transit: shipped, not delivered; on_order: ordered, not shipped,
-- neither promised longer ago than $stale days. shipped and asked are the pieces of the lines (shipments) that were sent
-- in the last $late days: what part of an order is filled of late.
-- Params: $outlook VARCHAR, $as_of DATE, $flow VARCHAR, $old, $stale, $late INTEGER, $follow BOOLEAN.
WITH counted AS (
    SELECT
        k.account AS account,
        k.sku AS sku,
        k.counted_on AS counted_on,
        sum(k.on_hand)::DOUBLE AS on_hand,
        sum(k.in_transit)::DOUBLE AS in_transit
    FROM stock AS k
    JOIN (
        SELECT account AS account, sku AS sku, max(counted_on) AS counted_on
        FROM stock
        WHERE counted_on <= $as_of::DATE AND on_hand IS NOT NULL
        GROUP BY account, sku
    ) AS last_count ON last_count.account = k.account AND last_count.sku = k.sku
    WHERE k.counted_on = last_count.counted_on
    GROUP BY k.account, k.sku, k.counted_on
),

moved AS (
    SELECT
        c.account AS account,
        c.sku AS sku,
        sum(CASE WHEN s.flow = 'sell_in' THEN s.qty ELSE -s.qty END)::DOUBLE AS qty
    FROM counted AS c
    JOIN sales AS s ON s.account = c.account AND s.sku = c.sku
    WHERE $follow::BOOLEAN AND c.counted_on < $as_of::DATE AND s.sold_on > c.counted_on AND s.sold_on <= $as_of::DATE
    GROUP BY c.account, c.sku
),

coming AS (
    SELECT
        account AS account,
        sku AS sku,
        sum(CASE WHEN is_shipped THEN shipped_qty ELSE 0.0 END) AS in_transit,
        sum(CASE WHEN is_shipped THEN 0.0 ELSE qty END) AS on_order
    FROM (
        SELECT
            account AS account,
            sku AS sku,
            qty::DOUBLE AS qty,
            coalesce(shipped_qty, qty)::DOUBLE AS shipped_qty,
            coalesce(shipped_on <= $as_of::DATE, delivered_on <= $as_of::DATE, false) AS is_shipped
        FROM orders
        WHERE ordered_on <= $as_of::DATE
          AND NOT coalesce(delivered_on <= $as_of::DATE, false)
          AND coalesce(promised_on, requested_on, ordered_on) >= ($as_of::DATE - $stale::INTEGER)::DATE
    ) AS unclosed
    GROUP BY account, sku
),

sent AS (
    SELECT
        account AS account,
        sku AS sku,
        sum(coalesce(shipped_qty, qty))::DOUBLE AS shipped,
        sum(qty)::DOUBLE AS asked,
        count(*)::DOUBLE AS shipments
    FROM orders
    WHERE coalesce(shipped_on, delivered_on) <= $as_of::DATE
      AND coalesce(shipped_on, delivered_on) > ($as_of::DATE - $late::INTEGER)::DATE
    GROUP BY account, sku
),

rhythm AS (
    SELECT
        account AS account,
        count(DISTINCT ordered_on) AS days,
        date_diff('day', min(ordered_on), max(ordered_on)) AS span
    FROM orders
    WHERE ordered_on > ($as_of::DATE - 365)::DATE AND ordered_on <= $as_of::DATE
    GROUP BY account
),

paid AS (
    SELECT account AS account, sku AS sku, sum(amount)::DOUBLE AS amount, sum(qty)::DOUBLE AS qty
    FROM sales_month
    WHERE flow = $flow
      AND amount IS NOT NULL
      AND month > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND month <= $as_of::DATE
    GROUP BY account, sku
),

ours AS (
    SELECT
        w.warehouse AS warehouse,
        w.region AS region,
        w.sku AS sku,
        w.on_hand::DOUBLE AS on_hand,
        CASE WHEN w.due_on <= ($as_of::DATE + 31)::DATE THEN coalesce(w.on_order, 0)::DOUBLE ELSE 0.0 END AS due,
        row_number() OVER (PARTITION BY w.sku ORDER BY w.on_hand DESC, w.warehouse) AS place
    FROM own_stock AS w
    JOIN (
        SELECT coalesce(warehouse, '') AS warehouse, sku AS sku, max(counted_on) AS counted_on
        FROM own_stock
        WHERE counted_on <= $as_of::DATE
        GROUP BY coalesce(warehouse, ''), sku
    ) AS newest ON newest.warehouse = coalesce(w.warehouse, '') AND newest.sku = w.sku
    WHERE w.counted_on = newest.counted_on
),

supply AS (
    SELECT sku AS sku, sum(greatest(on_hand, 0.0) + due) AS free FROM ours GROUP BY sku
),

local AS (
    SELECT sku AS sku, region AS region, max(warehouse) AS warehouse
    FROM ours
    WHERE region IS NOT NULL AND on_hand > 0
    GROUP BY sku, region
)

SELECT
    o.account AS account,
    o.sku AS sku,
    a.region AS region,
    p.category AS category,
    p.lead_days::DOUBLE AS lead_days,
    p.price::DOUBLE AS list_price,
    p.margin::DOUBLE AS margin,
    m.pack::DOUBLE AS pack,
    CASE WHEN d.qty > 0 AND d.amount > 0 THEN d.amount::DOUBLE / nullif(d.qty, 0)::DOUBLE END AS paid,
    c.counted_on AS counted_on,
    CASE
        WHEN c.counted_on >= ($as_of::DATE - $old::INTEGER)::DATE THEN greatest(c.on_hand + coalesce(v.qty, 0.0), 0.0)
    END AS on_hand,
    CASE WHEN r.account IS NOT NULL THEN coalesce(g.in_transit, 0.0) ELSE c.in_transit END AS in_transit,
    CASE WHEN r.account IS NOT NULL THEN coalesce(g.on_order, 0.0) END AS on_order,
    coalesce(f.shipped, 0.0) AS shipped,
    coalesce(f.asked, 0.0) AS asked,
    coalesce(f.shipments, 0.0) AS shipments,
    CASE WHEN r.days > 1 THEN r.span::DOUBLE / nullif(r.days - 1, 0)::DOUBLE END AS every_days,
    coalesce(l.warehouse, b.warehouse, '') AS warehouse,
    s.free AS free
FROM supply_outlook AS o
JOIN account_dim AS a ON a.account = o.account
JOIN product_dim AS p ON p.sku = o.sku
LEFT JOIN products AS m ON m.sku = o.sku
LEFT JOIN counted AS c ON c.account = o.account AND c.sku = o.sku
LEFT JOIN moved AS v ON v.account = o.account AND v.sku = o.sku
LEFT JOIN coming AS g ON g.account = o.account AND g.sku = o.sku
LEFT JOIN sent AS f ON f.account = o.account AND f.sku = o.sku
LEFT JOIN rhythm AS r ON r.account = o.account
LEFT JOIN paid AS d ON d.account = o.account AND d.sku = o.sku
LEFT JOIN supply AS s ON s.sku = o.sku
LEFT JOIN local AS l ON l.sku = o.sku AND l.region = a.region
LEFT JOIN ours AS b ON b.sku = o.sku AND b.place = 1
WHERE o.kept = $outlook
ORDER BY account, sku
