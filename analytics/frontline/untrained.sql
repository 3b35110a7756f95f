-- The largest places without training: what stores sell in a category in which they had no session in twelve months.
-- Grain: store x category; of an account that reports no stores, account x category (store '').
-- Units: sales CNY of sell-out in twelve months; untrained share of the account's stores without a session (1 for a store);
-- last_on the day of the last session at any time, NULL: never; since the account's first day with sales in these months.
-- Params: $as_of DATE, $share DOUBLE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- Only places that belong to the largest that make $share of all sell-out are looked at.
WITH sold AS (
    SELECT
        o.account AS account, coalesce(o.store, '') AS store, p.category AS category,
        sum(coalesce(o.amount::DOUBLE, o.qty::DOUBLE * p.price::DOUBLE)) AS sales, min(o.sold_on) AS since
    FROM sell_out AS o
    JOIN product_dim AS p ON p.sku = o.sku
    WHERE o.sold_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE AND o.sold_on <= $as_of::DATE
    GROUP BY o.account, coalesce(o.store, ''), p.category
),

reporting AS (
    SELECT account AS account, max(CASE WHEN store <> '' THEN 1 ELSE 0 END) AS by_store, min(since) AS since
    FROM sold
    GROUP BY account
),

places AS (
    SELECT s.account AS account, s.store AS store, s.category AS category, s.sales AS sales, r.since AS since
    FROM sold AS s
    JOIN reporting AS r ON r.account = s.account
    JOIN account_dim AS a ON a.account = s.account
    WHERE s.sales > 0 AND (s.store <> '' OR r.by_store = 0)
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], s.category))
),

ranked AS (
    SELECT
        p.account AS account, p.store AS store, p.category AS category, p.sales AS sales, p.since AS since,
        sum(p.sales) OVER (
            ORDER BY p.sales DESC, p.account, p.store, p.category ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) - p.sales AS before,
        sum(p.sales) OVER () AS all_sales
    FROM places AS p
),

sessions AS (
    SELECT
        t.account AS account, t.store AS store, coalesce(t.category, d.category, '') AS category, t.held_on AS held_on
    FROM trainings AS t
    LEFT JOIN product_dim AS d ON d.sku = t.sku
    WHERE t.held_on <= $as_of::DATE
),

trained AS (
    SELECT
        r.account AS account, r.store AS store, r.category AS category, max(s.held_on) AS last_on,
        count(DISTINCT CASE WHEN s.held_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE THEN s.store END) AS stores
    FROM ranked AS r
    JOIN sessions AS s
        ON s.account = r.account
        AND (s.store = r.store OR r.store = '')
        AND (s.category = r.category OR s.category = '')
    GROUP BY r.account, r.store, r.category
),

judged AS (
    SELECT
        r.account AS account, r.store AS store, r.category AS category, r.sales AS sales, r.since AS since,
        t.last_on AS last_on,
        CASE
            WHEN coalesce(t.stores, 0) = 0 THEN 1::DOUBLE
            WHEN r.store <> '' THEN 0::DOUBLE
            WHEN a.stores > t.stores THEN 1 - t.stores::DOUBLE / nullif(a.stores, 0)::DOUBLE
            WHEN a.stores IS NOT NULL THEN 0::DOUBLE
        END AS untrained,
        a.name AS name, a.name_en AS name_en, a.owner AS owner
    FROM ranked AS r
    JOIN account_dim AS a ON a.account = r.account
    LEFT JOIN trained AS t ON t.account = r.account AND t.store = r.store AND t.category = r.category
    WHERE r.before < $share::DOUBLE * r.all_sales
)

SELECT
    j.account AS account,
    j.name AS name,
    j.name_en AS name_en,
    j.owner AS owner,
    j.store AS store,
    j.category AS category,
    j.sales AS sales,
    j.since AS since,
    j.untrained AS untrained,
    j.last_on AS last_on
FROM judged AS j
WHERE j.untrained > 0
ORDER BY j.sales * j.untrained DESC, account, store, category
