-- What the difference to last year is made of: price, volume, mix, what is new and what is gone, account by account.
-- Grain: period x account; period = 'month' (the month of $as_of) or 'year' (January to it), each against a year before.
-- Units: CNY. kind = both | new | lost | apart. Of what is compared, this_period - before = the sum of price to unpriced.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- A slot is what is paired: with sell-out each month of an account, because a month not reported is no month without
-- sales; with sell-in the whole period, because no order is a zero. Whether an account was there in a slot is judged over
-- all its products. An open month is compared with the same days.
WITH chosen AS (
    SELECT account, name, name_en, owner
    FROM account_dim
    WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
),

ranged AS (
    SELECT sku
    FROM product_dim
    WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
),

edges AS (
    SELECT
        date_trunc('month', $as_of::DATE)::DATE AS this_month,
        date_trunc('month', $as_of::DATE - INTERVAL 12 MONTH)::DATE AS last_month,
        date_trunc('year', $as_of::DATE)::DATE AS this_year,
        date_trunc('year', $as_of::DATE - INTERVAL 12 MONTH)::DATE AS last_year,
        $as_of::DATE < last_day($as_of::DATE) AS unfinished,
        CASE WHEN $as_of::DATE < last_day($as_of::DATE) THEN ($as_of::DATE - INTERVAL 12 MONTH)::DATE
            ELSE last_day(($as_of::DATE - INTERVAL 12 MONTH)::DATE) END AS last_cut
),

periods AS (
    SELECT 'month' AS period, this_month AS since FROM edges
    UNION ALL
    SELECT 'year' AS period, this_year AS since FROM edges
),

life AS (
    SELECT m.account, min(m.month) AS first_month, max(m.month) AS last_month
    FROM account_month AS m
    WHERE m.flow = $flow AND m.month <= $as_of::DATE
    GROUP BY m.account
),

there AS (
    SELECT d.account, date_trunc('month', d.day)::DATE AS month, 'now' AS side
    FROM sales_day AS d
    JOIN edges AS e ON d.day BETWEEN e.this_year AND $as_of::DATE
    WHERE d.flow = $flow
    GROUP BY d.account, date_trunc('month', d.day)::DATE
    UNION ALL
    SELECT d.account, (date_trunc('month', d.day) + INTERVAL 12 MONTH)::DATE AS month, 'then' AS side
    FROM sales_day AS d
    JOIN edges AS e ON d.day BETWEEN e.last_year AND e.last_cut
    WHERE d.flow = $flow
    GROUP BY d.account, (date_trunc('month', d.day) + INTERVAL 12 MONTH)::DATE
),

slots AS (
    SELECT
        p.period,
        t.account,
        CASE WHEN $flow = 'sell_out' THEN t.month ELSE e.this_month END AS slot,
        max(CASE WHEN t.side = 'now' THEN 1 ELSE 0 END) AS is_now,
        max(CASE WHEN t.side = 'then' THEN 1 ELSE 0 END) AS is_then
    FROM there AS t
    CROSS JOIN edges AS e
    JOIN periods AS p ON t.month BETWEEN p.since AND e.this_month
    WHERE t.month IN (SELECT month FROM both_years WHERE flow = $flow)
    GROUP BY p.period, t.account, CASE WHEN $flow = 'sell_out' THEN t.month ELSE e.this_month END
),

stated AS (
    SELECT
        s.period,
        s.account,
        s.slot,
        CASE
            WHEN s.is_now = 1 AND s.is_then = 1 THEN 'both'
            WHEN s.is_now = 1 AND f.first_month > (s.slot - INTERVAL 12 MONTH)::DATE THEN 'new'
            WHEN s.is_then = 1 AND $flow <> 'sell_out' AND f.last_month <= e.last_month THEN 'lost'
            WHEN s.is_then = 1 AND $flow = 'sell_out' AND f.last_month < s.slot
                AND f.last_month < (e.this_month - INTERVAL 2 MONTH)::DATE THEN 'lost'
            ELSE 'apart'
        END AS state
    FROM slots AS s
    CROSS JOIN edges AS e
    JOIN life AS f ON f.account = s.account
),

sold AS (
    SELECT s.account, s.sku, s.month, 'now' AS side, s.qty, s.amount
    FROM sales_month AS s
    JOIN edges AS e ON s.month BETWEEN e.this_year AND e.this_month
    WHERE s.flow = $flow
    UNION ALL
    SELECT s.account, s.sku, (s.month + INTERVAL 12 MONTH)::DATE AS month, 'then' AS side, s.qty, s.amount
    FROM sales_month AS s
    JOIN edges AS e ON s.month BETWEEN e.last_year AND e.last_month AND (s.month < e.last_month OR NOT e.unfinished)
    WHERE s.flow = $flow
    UNION ALL
    SELECT s.account, s.sku, e.this_month AS month, 'then' AS side, sum(s.qty) AS qty, sum(s.amount) AS amount
    FROM sales AS s
    JOIN edges AS e ON e.unfinished AND s.sold_on BETWEEN e.last_month AND e.last_cut
    WHERE s.flow = $flow
    GROUP BY s.account, s.sku, e.this_month
),

cells AS (
    SELECT
        t.period,
        t.account,
        t.state,
        s.sku,
        sum(CASE WHEN s.side = 'now' THEN s.qty END) AS qty_now,
        sum(CASE WHEN s.side = 'then' THEN s.qty END) AS qty_then,
        coalesce(sum(CASE WHEN s.side = 'now' THEN s.amount END), 0) AS amount_now,
        coalesce(sum(CASE WHEN s.side = 'then' THEN s.amount END), 0) AS amount_then,
        max(CASE WHEN s.side = 'now' THEN 1 ELSE 0 END) AS is_now,
        max(CASE WHEN s.side = 'then' THEN 1 ELSE 0 END) AS is_then
    FROM sold AS s
    CROSS JOIN edges AS e
    JOIN periods AS p ON s.month BETWEEN p.since AND e.this_month
    JOIN stated AS t ON t.period = p.period AND t.account = s.account
        AND t.slot = CASE WHEN $flow = 'sell_out' THEN s.month ELSE e.this_month END
    WHERE s.month IN (SELECT month FROM both_years WHERE flow = $flow)
      AND s.account IN (SELECT account FROM chosen)
      AND s.sku IN (SELECT sku FROM ranged)
    GROUP BY t.period, t.account, t.state, s.sku
),

parted AS (
    SELECT
        period,
        account,
        state,
        qty_now,
        qty_then,
        amount_now,
        amount_then,
        CASE
            WHEN state <> 'both' THEN state
            WHEN qty_now > 0 AND amount_now > 0 AND qty_then > 0 AND amount_then > 0 THEN 'continuing'
            WHEN is_then = 0 AND qty_now > 0 AND amount_now > 0 THEN 'product_in'
            WHEN is_now = 0 AND qty_then > 0 AND amount_then > 0 THEN 'product_out'
            ELSE 'unpriced'
        END AS part
    FROM cells
),

summed AS (
    SELECT
        period,
        account,
        CASE
            WHEN max(CASE WHEN state = 'both' THEN 1 ELSE 0 END) = 1 THEN 'both'
            WHEN max(CASE WHEN state = 'new' THEN 1 ELSE 0 END) = 1 THEN 'new'
            WHEN max(CASE WHEN state = 'lost' THEN 1 ELSE 0 END) = 1 THEN 'lost'
            ELSE 'apart'
        END AS kind,
        sum(CASE WHEN part <> 'apart' OR $flow <> 'sell_out' THEN amount_now ELSE 0 END)::DECIMAL(18, 4) AS this_period,
        sum(CASE WHEN part <> 'apart' OR $flow <> 'sell_out' THEN amount_then ELSE 0 END)::DECIMAL(18, 4) AS before,
        sum(CASE WHEN part = 'continuing' THEN qty_now ELSE 0 END)::DOUBLE AS q1,
        sum(CASE WHEN part = 'continuing' THEN qty_then ELSE 0 END)::DOUBLE AS q0,
        sum(CASE WHEN part = 'continuing' THEN amount_then ELSE 0 END)::DOUBLE AS r0,
        sum(CASE WHEN part = 'continuing' THEN amount_now - amount_then ELSE 0 END)::DECIMAL(18, 4) AS moved,
        sum(CASE WHEN part = 'continuing'
            THEN amount_now::DOUBLE - amount_then::DOUBLE / nullif(qty_then, 0)::DOUBLE * qty_now::DOUBLE ELSE 0 END)
            ::DECIMAL(18, 4) AS price,
        sum(CASE WHEN part = 'product_in' THEN amount_now ELSE 0 END)::DECIMAL(18, 4) AS products_in,
        sum(CASE WHEN part = 'product_out' THEN -amount_then ELSE 0 END)::DECIMAL(18, 4) AS products_out,
        sum(CASE WHEN part = 'new' THEN amount_now ELSE 0 END)::DECIMAL(18, 4) AS accounts_in,
        sum(CASE WHEN part = 'lost' THEN -amount_then ELSE 0 END)::DECIMAL(18, 4) AS accounts_out,
        sum(CASE WHEN part = 'apart' AND $flow <> 'sell_out' THEN amount_now - amount_then ELSE 0 END)
            ::DECIMAL(18, 4) AS one_year,
        sum(CASE WHEN part = 'unpriced' THEN amount_now - amount_then ELSE 0 END)::DECIMAL(18, 4) AS unpriced,
        sum(CASE WHEN part = 'apart' AND $flow = 'sell_out' THEN amount_now ELSE 0 END)::DECIMAL(18, 4) AS left_now,
        sum(CASE WHEN part = 'apart' AND $flow = 'sell_out' THEN amount_then ELSE 0 END)::DECIMAL(18, 4) AS left_before
    FROM parted
    GROUP BY period, account
),

means AS (
    SELECT period, sum(r0)::DOUBLE / nullif(sum(q0), 0)::DOUBLE AS mean_price
    FROM summed
    GROUP BY period
),

paced AS (
    SELECT s.period, s.account, coalesce((s.q1 - s.q0) * m.mean_price, 0)::DECIMAL(18, 4) AS volume
    FROM summed AS s
    JOIN means AS m ON m.period = s.period
)

SELECT
    s.period AS period,
    s.account AS account,
    c.name AS name,
    c.name_en AS name_en,
    c.owner AS owner,
    s.kind AS kind,
    s.this_period AS this_period,
    s.before AS before,
    s.price AS price,
    v.volume AS volume,
    (s.moved - s.price - v.volume)::DECIMAL(18, 4) AS mix,
    s.products_in AS products_in,
    s.products_out AS products_out,
    s.accounts_in AS accounts_in,
    s.accounts_out AS accounts_out,
    s.one_year AS one_year,
    s.unpriced AS unpriced,
    s.left_now AS left_now,
    s.left_before AS left_before
FROM summed AS s
JOIN paced AS v ON v.period = s.period AND v.account = s.account
JOIN chosen AS c ON c.account = s.account
ORDER BY period, abs(s.this_period - s.before) DESC, account
