-- How many products were there when stock was counted, as it was kept.
-- Grain: month with counts.
-- Units: listed, out products at accounts.
-- Params: $kept VARCHAR.
SELECT k.month AS month, k.listed AS listed, k.out AS out
FROM supply_in_stock AS k
WHERE k.kept = $kept
ORDER BY k.place
