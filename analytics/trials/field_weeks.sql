-- What the accounts of a trial sold of one product in each week that they reported at all.
-- Grain: account x pilot or control x week (Monday to Sunday) with rows of any product. Units: pcs.
-- Params: $trial, $sku VARCHAR; $since, $until DATE (both included).
WITH scoped AS (
    SELECT DISTINCT account AS account, store AS store, pilot AS pilot FROM trial_scope WHERE trial = $trial
)

SELECT
    f.account AS account,
    s.pilot AS pilot,
    date_trunc('week', f.sold_on)::DATE AS week,
    sum(CASE WHEN f.sku = $sku THEN f.qty ELSE 0 END)::DOUBLE AS qty
FROM sell_out AS f
JOIN scoped AS s ON s.account = f.account AND (s.store IS NULL OR s.store = f.store)
WHERE f.sold_on BETWEEN $since::DATE AND $until::DATE
GROUP BY f.account, s.pilot, date_trunc('week', f.sold_on)::DATE
ORDER BY account, pilot, week
