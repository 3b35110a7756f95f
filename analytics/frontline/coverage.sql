-- How many of each account's stores and staff were trained.
-- Grain: account.
-- Units: stores known of in all (listed in the master, else seen in the sell-out of twelve months, NULL: not known);
-- trained_stores those with a session in twelve months, ever_stores at any time; people trained and staff there (the largest
-- session of each store in twelve months that says both); sales CNY of sell-out in twelve months, NULL without any.
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH sessions AS (
    SELECT
        t.account AS account, t.store AS store, t.held_on AS held_on, t.trained AS trained, t.staff AS staff,
        t.held_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE AS recent
    FROM trainings AS t
    LEFT JOIN product_dim AS p ON p.sku = t.sku
    WHERE t.held_on <= $as_of::DATE
      AND (
          $categories::VARCHAR[] IS NULL
          OR list_contains($categories::VARCHAR[], coalesce(t.category, p.category, ''))
          OR coalesce(t.category, p.category, '') = ''
      )
),

by_store AS (
    SELECT
        account AS account, store AS store, count(CASE WHEN recent THEN 1 END) AS recently,
        max(CASE WHEN recent AND staff IS NOT NULL THEN CASE WHEN trained < staff THEN trained ELSE staff END END) AS people,
        max(CASE WHEN recent AND trained IS NOT NULL THEN staff END) AS staff
    FROM sessions
    GROUP BY account, store
),

by_account AS (
    SELECT
        account AS account, count(*) AS ever_stores, count(CASE WHEN recently > 0 THEN 1 END) AS trained_stores,
        sum(recently) AS sessions, sum(people) AS people, sum(staff) AS staff,
        count(CASE WHEN recently > 0 AND staff IS NULL THEN 1 END) AS unstaffed
    FROM by_store
    GROUP BY account
),

seen AS (
    SELECT
        o.account AS account, count(DISTINCT CASE WHEN o.store <> '' THEN o.store END) AS stores,
        sum(coalesce(o.amount::DOUBLE, o.qty::DOUBLE * p.price::DOUBLE)) AS sales
    FROM sell_out AS o
    LEFT JOIN product_dim AS p ON p.sku = o.sku
    WHERE o.sold_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE AND o.sold_on <= $as_of::DATE
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
    GROUP BY o.account
),

known AS (
    SELECT account AS account FROM account_dim
    UNION
    SELECT account AS account FROM by_account
)

SELECT
    k.account AS account,
    coalesce(a.name, k.account) AS name,
    coalesce(a.name_en, k.account) AS name_en,
    coalesce(a.owner, '') AS owner,
    coalesce(a.stores, CASE WHEN s.stores > 0 THEN s.stores END) AS stores,
    CASE WHEN a.stores IS NOT NULL THEN 'listed' WHEN s.stores > 0 THEN 'seen' ELSE '' END AS counted,
    coalesce(b.trained_stores, 0) AS trained_stores,
    coalesce(b.ever_stores, 0) AS ever_stores,
    coalesce(b.sessions, 0)::BIGINT AS sessions,
    b.people::BIGINT AS people,
    b.staff::BIGINT AS staff,
    coalesce(b.unstaffed, 0) AS unstaffed,
    s.sales AS sales
FROM known AS k
LEFT JOIN account_dim AS a ON a.account = k.account
LEFT JOIN by_account AS b ON b.account = k.account
LEFT JOIN seen AS s ON s.account = k.account
WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], k.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], coalesce(a.region, '')))
  AND (s.account IS NOT NULL OR b.account IS NOT NULL OR a.stores IS NOT NULL)
ORDER BY coalesce(s.sales, 0::DOUBLE) DESC, account
