-- What else happened at the pilots while a trial ran: promotions of its product, and weeks in which a count found none.
-- Grain: trial x pilot account. A store's promotions and counts are its account's.
-- Units: promotions counted; out_weeks weeks of the trial (Monday to Sunday) in which a count showed nothing on hand.
-- Params: $as_of DATE; a running trial is looked at up to it.
WITH pilots AS (
    SELECT DISTINCT t.trial, t.sku, s.account, t.starts_on, least(t.ends_on, $as_of::DATE) AS until
    FROM trials AS t
    JOIN trial_scope AS s ON s.trial = t.trial
    WHERE s.pilot
),

promoted AS (
    SELECT p.trial, p.account, count(DISTINCT m.promotion) AS promotions
    FROM pilots AS p
    JOIN promotions AS m ON m.account = p.account AND m.sku = p.sku
    WHERE m.starts_on <= p.until AND m.ends_on >= p.starts_on
    GROUP BY p.trial, p.account
),

counted AS (
    SELECT p.trial, p.account, k.counted_on, sum(k.on_hand) AS on_hand
    FROM pilots AS p
    JOIN stock AS k ON k.account = p.account AND k.sku = p.sku
    WHERE k.counted_on BETWEEN p.starts_on AND p.until
    GROUP BY p.trial, p.account, k.counted_on
),

emptied AS (
    SELECT trial, account, count(DISTINCT date_trunc('week', counted_on)::DATE) AS out_weeks
    FROM counted
    WHERE on_hand <= 0
    GROUP BY trial, account
)

SELECT
    p.trial AS trial,
    p.account AS account,
    coalesce(m.promotions, 0) AS promotions,
    coalesce(e.out_weeks, 0) AS out_weeks
FROM pilots AS p
LEFT JOIN promoted AS m ON m.trial = p.trial AND m.account = p.account
LEFT JOIN emptied AS e ON e.trial = p.trial AND e.account = p.account
ORDER BY trial, account
