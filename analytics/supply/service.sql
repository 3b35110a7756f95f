-- Order lines by the month in which they were due, by what became of them and why.
-- Grain: account x month due (ordered, for lines without a day) x state x outcome x cause, of the 24 months to $as_of and
-- of what is due later.
-- Units: ordered, filled pcs (filled: shipped, at most what was ordered); amount CNY, NULL where no line has one; lines.
-- For the noise, whose unit is the order, because its lines travel together: hits_hits, ordered_hits, ordered_ordered pcs²
-- are sums over lines of (pieces on time in full, or ordered) x those of the whole order, which add up to the sums over
-- orders of their squares and products; orders, each line its share of one.
-- Params: $as_of DATE, $early_days, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- What happened after $as_of has not happened. State: judged; unseen, no line of the account has a day of delivery;
-- unstated, shipped without a quantity; open, due after $as_of; undated, neither promised nor requested for a day.
WITH placed AS (
    SELECT
        o.account,
        o.order_no,
        coalesce(o.promised_on, o.requested_on) AS due_on,
        o.ordered_on,
        CASE WHEN o.delivered_on <= $as_of::DATE THEN o.delivered_on END AS delivered_on,
        o.shipped_on <= $as_of::DATE OR o.delivered_on <= $as_of::DATE AS is_shipped,
        coalesce(o.shipped_on > $as_of::DATE, false) AS ships_later,
        o.qty,
        o.shipped_qty,
        o.amount,
        o.cause
    FROM orders AS o
    LEFT JOIN product_dim AS p ON p.sku = o.sku
    WHERE o.ordered_on <= $as_of::DATE
      AND o.qty > 0
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], o.account))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
),

lines AS (
    SELECT
        account,
        order_no,
        date_trunc('month', coalesce(due_on, ordered_on))::DATE AS month,
        due_on,
        delivered_on,
        qty,
        amount,
        cause,
        coalesce(is_shipped, false) AND shipped_qty IS NULL AS is_unstated,
        CASE WHEN ships_later AND delivered_on IS NULL THEN 0 ELSE coalesce(shipped_qty, 0) END AS shipped_qty,
        max(CASE WHEN delivered_on IS NOT NULL THEN 1 ELSE 0 END) OVER (PARTITION BY account) AS seen
    FROM placed
),

judged AS (
    SELECT
        account,
        order_no,
        month,
        CASE
            WHEN due_on IS NULL THEN 'undated'
            WHEN due_on > $as_of::DATE THEN 'open'
            WHEN is_unstated THEN 'unstated'
            WHEN seen = 0 THEN 'unseen'
            ELSE 'judged'
        END AS state,
        CASE
            WHEN delivered_on IS NULL THEN 'missing'
            WHEN shipped_qty < qty THEN 'partial'
            WHEN delivered_on > due_on THEN 'late'
            WHEN date_diff('day', delivered_on, due_on) > $early_days THEN 'early'
            ELSE 'hit'
        END AS outcome,
        coalesce(cause, '') AS cause,
        qty,
        CASE WHEN shipped_qty < qty THEN shipped_qty ELSE qty END AS filled,
        amount
    FROM lines
    WHERE month >= (date_trunc('month', $as_of::DATE) - INTERVAL 23 MONTH)::DATE
),

grouped AS (
    SELECT
        account,
        month,
        state,
        outcome,
        cause,
        qty,
        filled,
        amount,
        CASE WHEN outcome = 'hit' THEN qty ELSE 0 END::DOUBLE AS hit,
        sum(CASE WHEN outcome = 'hit' THEN qty ELSE 0 END) OVER (PARTITION BY account, state, order_no)::DOUBLE AS order_hit,
        sum(qty) OVER (PARTITION BY account, state, order_no)::DOUBLE AS order_qty,
        count(*) OVER (PARTITION BY account, state, order_no) AS order_lines
    FROM judged
)

SELECT
    j.account AS account,
    coalesce(a.name, j.account) AS name,
    coalesce(a.name_en, j.account) AS name_en,
    coalesce(a.owner, '') AS owner,
    j.month AS month,
    j.state AS state,
    j.outcome AS outcome,
    j.cause AS cause,
    count(*) AS lines,
    sum(j.qty)::DOUBLE AS ordered,
    sum(j.filled)::DOUBLE AS filled,
    sum(j.hit * j.order_hit)::DOUBLE AS hits_hits,
    sum(j.qty::DOUBLE * j.order_hit)::DOUBLE AS ordered_hits,
    sum(j.qty::DOUBLE * j.order_qty)::DOUBLE AS ordered_ordered,
    sum(1::DOUBLE / nullif(j.order_lines, 0)::DOUBLE)::DOUBLE AS orders,
    sum(j.amount)::DOUBLE AS amount
FROM grouped AS j
LEFT JOIN account_dim AS a ON a.account = j.account
WHERE $regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region)
GROUP BY j.account, coalesce(a.name, j.account), coalesce(a.name_en, j.account), coalesce(a.owner, ''), j.month, j.state, j.outcome, j.cause
ORDER BY account, month, state, outcome, cause
