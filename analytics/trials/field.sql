-- What the pilots of a trial list, held before it, received and sold since, beside how their sell-out is reported.
-- Grain: pilot account of one trial. Units: stores, pcs; days.
-- old_name is what the replaced product is called.
-- Params: $as_of DATE, $trial VARCHAR ('' the one that began last).
-- A count holds for the trial when it is at most 45 days old at its start; a product that was not in it was not there.
-- What came and went counts from the day after that count to the last day that the account has reported.
WITH begun AS (
    SELECT
        trial, title, sku, replaces, starts_on, ends_on,
        least(coalesce(ends_on, $as_of::DATE), $as_of::DATE) AS until,
        row_number() OVER (ORDER BY starts_on DESC, trial) AS place
    FROM trials
    WHERE starts_on <= $as_of::DATE AND ($trial::VARCHAR = '' OR trial = $trial::VARCHAR)
),

chosen AS (
    SELECT trial, title, sku, replaces, starts_on, ends_on, until FROM begun WHERE place = 1
),

pilots AS (
    SELECT
        c.trial AS trial,
        c.title AS title,
        c.sku AS sku,
        c.replaces AS replaces,
        c.starts_on AS starts_on,
        c.ends_on AS ends_on,
        c.until AS until,
        s.account AS account,
        coalesce(min(s.listed_on), c.starts_on) AS listed_on,
        coalesce(sum(s.stores_listed), nullif(count(s.store), 0))::BIGINT AS stores_listed
    FROM chosen AS c
    JOIN trial_scope AS s ON s.trial = c.trial
    WHERE s.pilot
    GROUP BY c.trial, c.title, c.sku, c.replaces, c.starts_on, c.ends_on, c.until, s.account
),

reported AS (
    SELECT p.account AS account, max(f.sold_on) AS reported_on, bool_or(f.store IS NOT NULL) AS by_store
    FROM pilots AS p
    JOIN sell_out AS f ON f.account = p.account AND f.sold_on BETWEEN p.starts_on AND p.until
    GROUP BY p.account
),

counted AS (
    SELECT p.account AS account, max(k.counted_on) AS counted_on
    FROM pilots AS p
    JOIN stock AS k
        ON k.account = p.account AND k.counted_on BETWEEN (p.starts_on - INTERVAL 45 DAY)::DATE AND p.starts_on
    GROUP BY p.account
),

opening AS (
    SELECT c.account AS account, c.counted_on AS counted_on, coalesce(sum(k.on_hand), 0)::DOUBLE AS opening_pcs
    FROM counted AS c
    JOIN pilots AS p ON p.account = c.account
    LEFT JOIN stock AS k ON k.account = c.account AND k.counted_on = c.counted_on AND k.sku = p.sku
    GROUP BY c.account, c.counted_on
),

invoiced AS (
    SELECT p.account AS account, count(*) AS lines
    FROM pilots AS p
    JOIN sell_in AS i ON i.account = p.account
    GROUP BY p.account
),

received AS (
    SELECT o.account AS account, sum(i.qty)::DOUBLE AS received_pcs
    FROM opening AS o
    JOIN pilots AS p ON p.account = o.account
    JOIN reported AS r ON r.account = o.account
    JOIN sell_in AS i ON i.account = o.account AND i.sku = p.sku
    WHERE i.sold_on > o.counted_on AND i.sold_on <= r.reported_on
    GROUP BY o.account
),

gone AS (
    SELECT o.account AS account, sum(f.qty)::DOUBLE AS gone_pcs
    FROM opening AS o
    JOIN pilots AS p ON p.account = o.account
    JOIN sell_out AS f ON f.account = o.account AND f.sku = p.sku
    WHERE f.sold_on > o.counted_on AND f.sold_on <= p.until
    GROUP BY o.account
)

SELECT
    p.trial AS trial,
    p.title AS title,
    p.sku AS sku,
    p.replaces AS replaces,
    p.starts_on AS starts_on,
    p.ends_on AS ends_on,
    p.until AS until,
    n.name AS old_name,
    n.name_en AS old_name_en,
    p.account AS account,
    coalesce(a.name, p.account) AS name,
    coalesce(a.name_en, p.account) AS name_en,
    a.stores AS stores,
    p.stores_listed AS stores_listed,
    p.listed_on AS listed_on,
    coalesce(r.by_store, false) AS by_store,
    o.opening_pcs AS opening_pcs,
    CASE WHEN o.counted_on IS NOT NULL AND i.lines > 0 THEN coalesce(v.received_pcs, 0) END::DOUBLE AS received_pcs,
    CASE WHEN r.reported_on IS NOT NULL THEN coalesce(g.gone_pcs, 0) END::DOUBLE AS gone_pcs
FROM pilots AS p
LEFT JOIN account_dim AS a ON a.account = p.account
LEFT JOIN product_dim AS n ON n.sku = p.replaces
LEFT JOIN reported AS r ON r.account = p.account
LEFT JOIN opening AS o ON o.account = p.account
LEFT JOIN invoiced AS i ON i.account = p.account
LEFT JOIN received AS v ON v.account = p.account
LEFT JOIN gone AS g ON g.account = p.account
ORDER BY account
