-- The register of trainings up to $as_of, and how much of the store's sales is known around each session.
-- Grain: session at a store.
-- Units: trained, staff people; reaction points of 5; scores points of 100; practice share; hours; cost_cny CNY; reported
-- whether the store sold anything in the file; before, after weeks with sales of the 8 before and of the weeks 1 to 8;
-- repeated whether the store had another session in the category within the window or the year before it; chosen whether
-- the reader looks at it.
-- Params: $as_of DATE, $until DATE (a Sunday, the last day of the last whole week), $accounts, $regions, $categories
-- VARCHAR[] or NULL (all).
WITH sessions AS (
    SELECT
        t.training AS training, t.account AS account, t.store AS store, coalesce(t.category, p.category, '') AS category,
        t.held_on AS held_on, date_trunc('week', t.held_on)::DATE AS monday, t.topic AS topic, t.trainer AS trainer,
        t.trained AS trained, t.staff AS staff, t.reaction AS reaction, t.score_before AS score_before,
        t.score AS score, t.practice AS practice
    FROM trainings AS t
    LEFT JOIN product_dim AS p ON p.sku = t.sku
    WHERE t.held_on <= $as_of::DATE
),

opened AS (
    SELECT DISTINCT o.account AS account, o.store AS store, date_trunc('week', o.sold_on)::DATE AS start
    FROM sell_out AS o
    WHERE o.store IS NOT NULL AND o.store <> '' AND o.sold_on <= $until::DATE
      AND o.account IN (SELECT account FROM sessions)
),

weeks AS (
    SELECT
        s.training AS training, s.store AS store,
        count(CASE WHEN o.start >= (s.monday - INTERVAL 56 DAY)::DATE AND o.start < s.monday THEN 1 END) AS before,
        count(CASE WHEN o.start > s.monday AND o.start <= (s.monday + INTERVAL 56 DAY)::DATE THEN 1 END) AS after
    FROM sessions AS s
    JOIN opened AS o ON o.account = s.account AND o.store = s.store
    GROUP BY s.training, s.store
),

again AS (
    SELECT DISTINCT s.training AS training, s.store AS store
    FROM sessions AS s
    JOIN sessions AS t
        ON t.account = s.account AND t.store = s.store AND t.training <> s.training
        AND (t.category = s.category OR t.category = '' OR s.category = '')
        AND t.monday >= (s.monday - INTERVAL 420 DAY)::DATE AND t.monday <= (s.monday + INTERVAL 84 DAY)::DATE
)

SELECT
    s.training AS training,
    s.account AS account,
    coalesce(a.name, s.account) AS name,
    coalesce(a.name_en, s.account) AS name_en,
    coalesce(a.owner, '') AS owner,
    s.store AS store,
    s.category AS category,
    coalesce(s.topic, '') AS topic,
    coalesce(s.trainer, '') AS trainer,
    s.held_on AS held_on,
    s.trained AS trained,
    s.staff AS staff,
    s.reaction AS reaction,
    s.score_before AS score_before,
    s.score AS score,
    s.practice AS practice,
    w.store IS NOT NULL AS reported,
    coalesce(w.before, 0) AS before,
    coalesce(w.after, 0) AS after,
    r.store IS NOT NULL AS repeated,
    ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
    AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], coalesce(a.region, '')))
    AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], s.category)) AS chosen
FROM sessions AS s
LEFT JOIN account_dim AS a ON a.account = s.account
LEFT JOIN weeks AS w ON w.training = s.training AND w.store = s.store
LEFT JOIN again AS r ON r.training = s.training AND r.store = s.store
ORDER BY held_on, training, store
