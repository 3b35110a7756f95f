-- Pieces sold at each store trained and at untrained stores of the same account, week by week around the session.
-- Grain: session at a store x product x week (Monday to Sunday) with rows.
-- Units: start the Monday; trained, others pcs; own whether the session was about it.
-- Params: $as_of DATE, $until DATE (a Sunday, the last day of the last whole week).
-- All sessions come, whoever the reader looks at: what one session brought is judged beside all others.
-- The week of the session is 0; from 8 weeks before to 12 after. A store counts in a category where it had no other session
-- from 60 weeks before (the window, and a year for an older lift to fade) to 12 after, and where it had rows in 6 of the
-- 8 weeks before and of the weeks 1 to 8: what opens, closes or reports by month tells nothing of a week.
WITH sessions AS (
    SELECT
        t.training AS training, t.account AS account, t.store AS store, coalesce(t.category, p.category, '') AS category,
        date_trunc('week', t.held_on)::DATE AS monday
    FROM trainings AS t
    LEFT JOIN product_dim AS p ON p.sku = t.sku
    WHERE t.held_on <= $as_of::DATE
),

ranges AS (
    SELECT DISTINCT category FROM product_dim
),

touched AS (
    SELECT s.training AS training, s.account AS account, s.store AS store, r.category AS category, s.monday AS monday
    FROM sessions AS s
    JOIN ranges AS r ON r.category = s.category OR s.category = ''
),

busy AS (
    SELECT DISTINCT l.training AS training, l.store AS store, t.store AS other, t.category AS category
    FROM sessions AS l
    JOIN touched AS t
        ON t.account = l.account
        AND t.monday >= (l.monday - INTERVAL 420 DAY)::DATE
        AND t.monday <= (l.monday + INTERVAL 84 DAY)::DATE
        AND NOT (t.training = l.training AND t.store = l.store)
),

weekly AS (
    SELECT
        o.account AS account, o.store AS store, o.sku AS sku, date_trunc('week', o.sold_on)::DATE AS start,
        sum(o.qty)::DOUBLE AS qty
    FROM sell_out AS o
    WHERE o.store IS NOT NULL AND o.store <> '' AND o.sold_on <= $until::DATE
      AND o.account IN (SELECT account FROM sessions)
    GROUP BY o.account, o.store, o.sku, date_trunc('week', o.sold_on)::DATE
),

opened AS (
    SELECT DISTINCT account, store, start FROM weekly
),

present AS (
    SELECT l.training AS training, l.store AS store, o.store AS other
    FROM sessions AS l
    JOIN opened AS o
        ON o.account = l.account
        AND o.start >= (l.monday - INTERVAL 56 DAY)::DATE AND o.start <= (l.monday + INTERVAL 56 DAY)::DATE
    GROUP BY l.training, l.store, o.store
    HAVING count(CASE WHEN o.start < l.monday THEN 1 END) >= 6 AND count(CASE WHEN o.start > l.monday THEN 1 END) >= 6
),

cells AS (
    SELECT
        l.training AS training, l.store AS store, w.sku AS sku, w.start AS start, w.qty AS qty,
        w.store = l.store AS is_trained, p.category = l.category OR l.category = '' AS own
    FROM sessions AS l
    JOIN present AS n ON n.training = l.training AND n.store = l.store
    JOIN weekly AS w
        ON w.account = l.account AND w.store = n.other
        AND w.start >= (l.monday - INTERVAL 56 DAY)::DATE AND w.start <= (l.monday + INTERVAL 84 DAY)::DATE
    JOIN product_dim AS p ON p.sku = w.sku
    LEFT JOIN busy AS b
        ON b.training = l.training AND b.store = l.store AND b.other = w.store AND b.category = p.category
    WHERE b.other IS NULL
)

SELECT
    c.training AS training,
    c.store AS store,
    c.sku AS sku,
    c.own AS own,
    c.start AS start,
    sum(CASE WHEN c.is_trained THEN c.qty ELSE 0::DOUBLE END) AS trained,
    sum(CASE WHEN c.is_trained THEN 0::DOUBLE ELSE c.qty END) AS others
FROM cells AS c
GROUP BY c.training, c.store, c.sku, c.own, c.start
ORDER BY training, store, sku, start
