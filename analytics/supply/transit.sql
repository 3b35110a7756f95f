-- What was ordered and has not come: shipped and on its way, or still to be shipped.
-- Grain: account x product x stage.
-- Units: pieces pcs (shipped, or ordered and not shipped); cut pcs ordered and left out of what was shipped; amount CNY
-- of the overdue lines, NULL without amounts; overdue_days of the line longest overdue; lines.
-- Params: $as_of DATE, $dead_days, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- What happened after $as_of has not happened. Due is the promised day, else the requested one. Stage: shipped; to ship;
-- unseen, shipped to an account of which no delivery was ever recorded; dead, overdue for longer than $dead_days.
WITH placed AS (
    SELECT
        o.account,
        o.sku,
        coalesce(o.promised_on, o.requested_on) AS due_on,
        CASE WHEN o.delivered_on <= $as_of::DATE THEN 1 ELSE 0 END AS has_come,
        coalesce(o.shipped_on <= $as_of::DATE, false) AS is_shipped,
        o.qty,
        o.shipped_qty,
        o.amount
    FROM orders AS o
    LEFT JOIN product_dim AS p ON p.sku = o.sku
    WHERE o.ordered_on <= $as_of::DATE
      AND o.qty > 0
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], o.account))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
),

seen AS (
    SELECT account, max(has_come) AS seen
    FROM placed
    GROUP BY account
),

waiting AS (
    SELECT
        p.account,
        p.sku,
        p.due_on,
        CASE
            WHEN date_diff('day', p.due_on, $as_of::DATE) > $dead_days THEN 'dead'
            WHEN p.is_shipped AND s.seen = 0 THEN 'unseen'
            WHEN p.is_shipped THEN 'shipped'
            ELSE 'to ship'
        END AS stage,
        CASE WHEN p.is_shipped THEN coalesce(p.shipped_qty, p.qty) ELSE p.qty END AS pieces,
        CASE WHEN p.is_shipped AND p.shipped_qty < p.qty THEN p.qty - p.shipped_qty ELSE 0 END AS cut,
        p.amount,
        coalesce(p.due_on < $as_of::DATE, false) AS is_overdue
    FROM placed AS p
    JOIN seen AS s ON s.account = p.account
    WHERE p.has_come = 0
)

SELECT
    w.account AS account,
    coalesce(a.name, w.account) AS name,
    coalesce(a.name_en, w.account) AS name_en,
    coalesce(a.owner, '') AS owner,
    coalesce(a.region, '') AS region,
    w.sku AS sku,
    coalesce(d.name, w.sku) AS sku_name,
    coalesce(d.name_en, w.sku) AS sku_name_en,
    w.stage AS stage,
    count(*) AS lines,
    sum(w.pieces)::DOUBLE AS pieces,
    sum(w.cut)::DOUBLE AS cut,
    min(w.due_on) AS due_on,
    sum(CASE WHEN w.is_overdue THEN w.pieces ELSE 0 END)::DOUBLE AS overdue,
    max(CASE WHEN w.is_overdue THEN date_diff('day', w.due_on, $as_of::DATE) ELSE 0 END) AS overdue_days,
    sum(CASE WHEN w.is_overdue THEN w.amount END)::DOUBLE AS amount
FROM waiting AS w
LEFT JOIN account_dim AS a ON a.account = w.account
LEFT JOIN product_dim AS d ON d.sku = w.sku
WHERE $regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region)
GROUP BY
    w.account, coalesce(a.name, w.account), coalesce(a.name_en, w.account), coalesce(a.owner, ''),
    coalesce(a.region, ''), w.sku, coalesce(d.name, w.sku), coalesce(d.name_en, w.sku), w.stage
HAVING sum(w.pieces) > 0
ORDER BY account, sku, stage
