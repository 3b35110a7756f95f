-- What became of each line that was approved to be sent, decisions of the twelve months to $as_of.
-- Grain: decision x account x sku.
-- Units: qty, in_time_pcs, later_pcs pcs, the latter two NULL where they cannot be known; counts, empty: stock counts from
-- due_by to until, and those with nothing on hand; kept_cny as it was expected. due_by: arrive_by, or the day on which goods
-- could be there that are sent off when decided.
-- Params: $as_of DATE, $flow VARCHAR, $full_percent of the pieces that are "in full", $grace_days that a file may be behind,
-- $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- Deliveries: order lines of accounts that have any with a day and a quantity, else sell-in; returns count nowhere. A
-- delivery belongs to the last decision on its product before it left us, so that none counts twice; what was on its way
-- already when it was decided was not approved. Late ones count up to `until`. What happened after $as_of has not happened,
-- but for decisions taken since the data end: they stand there as not due, where no later month of $flow is loaded.
WITH newest AS (
    SELECT max(month) AS month
    FROM sales_month
    WHERE flow = $flow
),

decided AS (
    SELECT
        a.decision,
        a.decided_on,
        a.account,
        a.sku,
        a.qty,
        a.warehouse,
        a.arrive_by,
        CASE
            WHEN a.dispatch_by < a.decided_on AND a.dispatch_by <= a.arrive_by
                THEN a.decided_on + date_diff('day', a.dispatch_by, a.arrive_by)::INTEGER
            ELSE a.arrive_by
        END AS due_by,
        a.until,
        a.risk,
        a.kept,
        lead(a.decided_on) OVER (
            PARTITION BY a.account, a.sku ORDER BY a.decided_on, length(a.decision), a.decision
        ) AS next_on
    FROM approvals AS a
    CROSS JOIN newest AS n
    WHERE (a.decided_on <= $as_of::DATE OR n.month IS NULL OR n.month <= $as_of::DATE)
      AND a.decided_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
),

came AS (
    SELECT
        'orders' AS source,
        account,
        sku,
        coalesce(shipped_on, delivered_on) AS left_on,
        delivered_on AS came_on,
        shipped_qty AS qty
    FROM orders
    WHERE delivered_on <= $as_of::DATE AND (shipped_qty > 0 OR shipped_qty IS NULL)
    UNION ALL
    SELECT 'sell_in' AS source, account, sku, sold_on AS left_on, sold_on AS came_on, qty
    FROM sell_in
    WHERE sold_on <= $as_of::DATE AND qty > 0
),

sources AS (
    SELECT account, min(source) AS source
    FROM came
    WHERE qty IS NOT NULL
    GROUP BY account
),

ends AS (
    SELECT source, max(came_on) AS last_on
    FROM came
    GROUP BY source
),

lines AS (
    SELECT
        d.decision,
        d.decided_on,
        d.account,
        coalesce(a.name, d.account) AS name,
        coalesce(a.name_en, d.account) AS name_en,
        coalesce(a.owner, '') AS owner,
        d.sku,
        coalesce(p.name, d.sku) AS sku_name,
        coalesce(p.name_en, d.sku) AS sku_name_en,
        d.qty,
        d.warehouse,
        d.arrive_by,
        d.due_by,
        d.until,
        d.risk,
        d.kept,
        d.next_on,
        s.source,
        e.last_on
    FROM decided AS d
    LEFT JOIN account_dim AS a ON a.account = d.account
    LEFT JOIN product_dim AS p ON p.sku = d.sku
    LEFT JOIN sources AS s ON s.account = d.account
    LEFT JOIN ends AS e ON e.source = s.source
    WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], d.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
),

arrived AS (
    SELECT
        l.decision,
        l.account,
        l.sku,
        sum(CASE WHEN c.came_on <= l.due_by THEN c.qty END) AS in_time,
        sum(CASE WHEN c.came_on > l.due_by THEN c.qty END) AS later,
        sum(CASE WHEN c.qty IS NULL THEN 1 ELSE 0 END) AS unstated
    FROM lines AS l
    JOIN came AS c ON c.account = l.account AND c.sku = l.sku AND c.source = l.source
    WHERE c.left_on >= l.decided_on
      AND (l.next_on IS NULL OR c.left_on < l.next_on)
      AND (c.came_on <= l.due_by OR l.until IS NULL OR c.came_on <= l.until)
    GROUP BY l.decision, l.account, l.sku
),

counted AS (
    SELECT account, sku, counted_on, sum(on_hand) AS on_hand
    FROM stock
    WHERE counted_on <= $as_of::DATE
    GROUP BY account, sku, counted_on
),

shelf AS (
    SELECT
        l.decision,
        l.account,
        l.sku,
        count(*) AS counts,
        sum(CASE WHEN k.on_hand <= 0 THEN 1 ELSE 0 END) AS empty,
        min(CASE WHEN k.on_hand <= 0 THEN k.counted_on END) AS empty_on
    FROM lines AS l
    JOIN counted AS k ON k.account = l.account AND k.sku = l.sku
    WHERE k.counted_on >= l.due_by AND k.counted_on <= coalesce(l.until, $as_of::DATE)
    GROUP BY l.decision, l.account, l.sku
),

followed AS (
    SELECT
        l.decision,
        l.decided_on,
        l.account,
        l.name,
        l.name_en,
        l.owner,
        l.sku,
        l.sku_name,
        l.sku_name_en,
        l.qty::DOUBLE AS qty,
        l.warehouse,
        l.arrive_by,
        l.due_by,
        l.until,
        l.risk,
        l.kept::DOUBLE AS kept,
        l.next_on,
        l.source,
        l.last_on,
        coalesce(d.in_time, 0)::DOUBLE AS in_time,
        coalesce(d.later, 0)::DOUBLE AS later,
        coalesce(d.unstated, 0) AS unstated,
        coalesce(f.counts, 0) AS counts,
        coalesce(f.empty, 0) AS empty,
        f.empty_on
    FROM lines AS l
    LEFT JOIN arrived AS d ON d.decision = l.decision AND d.account = l.account AND d.sku = l.sku
    LEFT JOIN shelf AS f ON f.decision = l.decision AND f.account = l.account AND f.sku = l.sku
)

SELECT
    f.decision AS decision,
    f.decided_on AS decided_on,
    f.account AS account,
    f.name AS name,
    f.name_en AS name_en,
    f.owner AS owner,
    f.sku AS sku,
    f.sku_name AS sku_name,
    f.sku_name_en AS sku_name_en,
    f.qty AS qty,
    coalesce(f.warehouse, '') AS warehouse,
    f.arrive_by AS arrive_by,
    f.due_by AS due_by,
    f.until AS until,
    CASE WHEN f.source IS NOT NULL AND f.due_by IS NOT NULL THEN f.in_time END AS in_time_pcs,
    CASE WHEN f.source IS NOT NULL AND f.due_by IS NOT NULL THEN f.later END AS later_pcs,
    CASE
        WHEN f.due_by IS NULL THEN 'undated'
        WHEN f.next_on <= f.due_by AND f.in_time * 100 < f.qty * $full_percent THEN 'replaced'
        WHEN f.due_by > $as_of::DATE OR f.decided_on > $as_of::DATE THEN 'open'
        WHEN f.source IS NULL THEN 'unseen'
        WHEN f.in_time * 100 >= f.qty * $full_percent THEN 'full'
        WHEN f.unstated > 0 OR date_diff('day', f.last_on, f.due_by) > $grace_days THEN 'unknown'
        WHEN (f.in_time + f.later) * 100 >= f.qty * $full_percent THEN 'late'
        WHEN f.in_time + f.later > 0 THEN 'part'
        ELSE 'none'
    END AS verdict,
    f.counts::BIGINT AS counts,
    f.empty::BIGINT AS empty,
    f.empty_on AS empty_on,
    f.risk AS risk,
    f.kept AS kept_cny
FROM followed AS f
ORDER BY decided_on DESC, length(f.decision) DESC, decision DESC, coalesce(f.kept, 0.0) DESC, account, sku
LIMIT 5000
