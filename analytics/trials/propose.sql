-- The accounts that a trial could be run at, and what speaks against each.
-- Grain: account with sell-out in the last half year.
-- Units: reported_on the last day with rows; other_trial and promotion a code or NULL.
-- Params: $as_of DATE; $sku, $category, $trial VARCHAR; $since, $until DATE of the trial; $accounts, $regions VARCHAR[] or
-- NULL (all).
-- In another trial is a pilot of one that overlaps, and a control of one whose product is of the same category. A trial
-- without an end is taken to last eight weeks. coalesce(sku) because the stand-in for Spark cannot plan a register's
-- window where one of its keys is a constant.
WITH others AS (
    SELECT s.account AS account, min(t.trial) AS trial
    FROM trials AS t
    JOIN trial_scope AS s ON s.trial = t.trial
    LEFT JOIN product_dim AS p ON p.sku = t.sku
    WHERE t.trial <> $trial
      AND t.starts_on <= $until::DATE
      AND coalesce(t.ends_on, (t.starts_on + INTERVAL 55 DAY)::DATE) >= $since::DATE
      AND (s.pilot OR p.category = $category)
    GROUP BY s.account
),

promoted AS (
    SELECT account AS account, min(promotion) AS promotion
    FROM promotions
    WHERE coalesce(sku, '') = $sku AND starts_on <= $until::DATE AND ends_on >= $since::DATE
    GROUP BY account
),

reported AS (
    SELECT account AS account, max(sold_on) AS reported_on
    FROM sell_out
    WHERE sold_on <= $as_of::DATE AND sold_on > ($as_of::DATE - INTERVAL 182 DAY)::DATE
    GROUP BY account
)

SELECT
    r.account AS account,
    coalesce(a.name, r.account) AS name,
    coalesce(a.name_en, r.account) AS name_en,
    coalesce(a.region, '') AS region,
    r.reported_on AS reported_on,
    o.trial AS other_trial,
    p.promotion AS promotion
FROM reported AS r
LEFT JOIN account_dim AS a ON a.account = r.account
LEFT JOIN others AS o ON o.account = r.account
LEFT JOIN promoted AS p ON p.account = r.account
WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], r.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY account
