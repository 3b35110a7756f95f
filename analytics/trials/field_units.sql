-- What each pilot, or each of its stores where sell-out comes by store, sold of the trial's product week by week.
-- Grain: account x store ('' where none is named) x week (Monday to Sunday) with rows. Units: pcs.
-- Params: $trial, $sku VARCHAR; $since, $until DATE (both included).
-- Where the trial is in some stores of an account only, sales of the others do not count.
WITH pilots AS (
    SELECT DISTINCT account AS account, store AS store FROM trial_scope WHERE trial = $trial AND pilot
)

SELECT
    f.account AS account,
    coalesce(f.store, '') AS store,
    date_trunc('week', f.sold_on)::DATE AS week,
    sum(f.qty)::DOUBLE AS qty
FROM sell_out AS f
JOIN pilots AS p ON p.account = f.account AND (p.store IS NULL OR p.store = f.store)
WHERE f.sku = $sku AND f.sold_on BETWEEN $since::DATE AND $until::DATE
GROUP BY f.account, coalesce(f.store, ''), date_trunc('week', f.sold_on)::DATE
ORDER BY account, store, week
