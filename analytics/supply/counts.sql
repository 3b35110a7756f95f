-- When each product that an account sells was last counted there.
-- Grain: account x state x product; products counted lately are one row an account, without a product.
-- Units: last_day the last day that a count stands for, of the product (of the fresh ones: the newest), NULL never;
-- newest that of the account; age days to $as_of; skus; sold pcs of the days looked at.
-- Params: $as_of DATE, $flow VARCHAR, $listed_days, $limit_days, $months, $weeks BIGINT[] or NULL (batches whose counts
-- stand for a month, a week), $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- Listed is what was sold (returns taken off) in the $listed_days up to $as_of. State: never, the account has no count of
-- anything; missing, no count of the product; old, the last one is more than $limit_days old; fresh.
WITH listed AS (
    SELECT s.account, s.sku, sum(s.qty) AS sold
    FROM sales AS s
    WHERE s.flow = $flow
      AND s.sold_on <= $as_of::DATE
      AND date_diff('day', s.sold_on, $as_of::DATE) < $listed_days
    GROUP BY s.account, s.sku
    HAVING sum(s.qty) > 0
),

counted AS (
    SELECT
        account,
        sku,
        CASE
            WHEN list_contains($months::BIGINT[], _seq) THEN last_day(counted_on)
            WHEN list_contains($weeks::BIGINT[], _seq) THEN (counted_on + INTERVAL 6 DAY)::DATE
            ELSE counted_on
        END AS day
    FROM stock
    WHERE counted_on <= $as_of::DATE
),

by_sku AS (
    SELECT account, sku, max(CASE WHEN day > $as_of::DATE THEN $as_of::DATE ELSE day END) AS last_day
    FROM counted
    GROUP BY account, sku
),

by_account AS (
    SELECT account, max(last_day) AS newest FROM by_sku GROUP BY account
),

judged AS (
    SELECT
        l.account,
        l.sku,
        l.sold,
        c.last_day,
        n.newest,
        CASE
            WHEN n.newest IS NULL THEN 'never'
            WHEN c.last_day IS NULL THEN 'missing'
            WHEN date_diff('day', c.last_day, $as_of::DATE) > $limit_days THEN 'old'
            ELSE 'fresh'
        END AS state
    FROM listed AS l
    LEFT JOIN by_sku AS c ON c.account = l.account AND c.sku = l.sku
    LEFT JOIN by_account AS n ON n.account = l.account
),

named AS (
    SELECT
        j.account,
        j.state,
        CASE WHEN j.state = 'fresh' THEN '' ELSE j.sku END AS sku,
        CASE WHEN j.state = 'fresh' THEN '' ELSE coalesce(p.name, j.sku) END AS sku_name,
        CASE WHEN j.state = 'fresh' THEN '' ELSE coalesce(p.name_en, j.sku) END AS sku_name_en,
        j.last_day,
        j.newest,
        j.sold
    FROM judged AS j
    LEFT JOIN product_dim AS p ON p.sku = j.sku
    WHERE ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
)

SELECT
    n.account AS account,
    coalesce(a.name, n.account) AS name,
    coalesce(a.name_en, n.account) AS name_en,
    coalesce(a.owner, '') AS owner,
    n.state AS state,
    n.sku AS sku,
    n.sku_name AS sku_name,
    n.sku_name_en AS sku_name_en,
    max(n.last_day) AS last_day,
    max(n.newest) AS newest,
    count(*) AS skus,
    sum(n.sold)::DOUBLE AS sold
FROM named AS n
LEFT JOIN account_dim AS a ON a.account = n.account
WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], n.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
GROUP BY
    n.account, coalesce(a.name, n.account), coalesce(a.name_en, n.account), coalesce(a.owner, ''),
    n.state, n.sku, n.sku_name, n.sku_name_en
ORDER BY account, state, sku
