-- What was decided about each trial, and who carries it: the register beside its list of pilots and controls.
-- Grain: trial x account x store named for it; a trial without a list has one row, its account "".
-- Units: goals are a share of the controls' sales and pcs per store and week; go_at, stop_at probabilities; store "" where
-- the whole account is meant; stores that list the product there, else all of the account; chosen whether the reader looks
-- at the account, in range at the product.
-- Params: $accounts, $regions, $categories VARCHAR[] or NULL (all).
SELECT
    t.trial AS trial,
    coalesce(t.title, t.trial) AS title,
    t.sku AS sku,
    coalesce(p.name, t.sku_name, t.sku) AS sku_name,
    coalesce(p.name_en, t.sku_name, t.sku) AS sku_name_en,
    t.starts_on AS starts_on,
    t.ends_on AS ends_on,
    t.fixed_on AS fixed_on,
    t.target_uplift::DOUBLE AS target_uplift,
    t.target_rate::DOUBLE AS target_rate,
    t.go_at::DOUBLE AS go_at,
    t.stop_at::DOUBLE AS stop_at,
    coalesce(t.owner, '') AS owner,
    coalesce(s.account, '') AS account,
    coalesce(s.store, '') AS store,
    coalesce(a.name, s.account_name, s.account, '') AS name,
    coalesce(a.name_en, s.account_name, s.account, '') AS name_en,
    coalesce(s.pilot, false) AS pilot,
    s.listed_on AS listed_on,
    coalesce(s.stores_listed, a.stores)::DOUBLE AS stores,
    coalesce(
        ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
        AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region)),
        false
    ) AS chosen,
    coalesce($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category), false) AS ranged
FROM trials AS t
LEFT JOIN trial_scope AS s ON s.trial = t.trial
LEFT JOIN account_dim AS a ON a.account = s.account
LEFT JOIN product_dim AS p ON p.sku = t.sku
ORDER BY starts_on, trial, pilot DESC, account, store
