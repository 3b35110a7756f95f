-- What is forecast to be asked of one product at one account.
-- Grain: one row, or none.
-- Units: steps pcs in each seven days from the day looked from; single and level ratios.
-- Params: $outlook, $account, $sku VARCHAR.
SELECT steps AS steps, single AS single, level AS level
FROM supply_outlook
WHERE kept = $outlook AND account = $account AND sku = $sku
