-- The kept outlook of every product at every account.
-- Grain: account x sku.
-- Units: steps pcs in each seven days from the day looked from, recent pcs a week, lost pcs; single and level ratios.
-- Params: $outlook VARCHAR.
SELECT
    account AS account,
    sku AS sku,
    basis AS basis,
    steps AS steps,
    single AS single,
    level AS level,
    recent AS recent,
    lost AS lost
FROM supply_outlook
WHERE kept = $outlook
ORDER BY account, sku
