-- What was found of how we serve, as it was kept.
-- Grain: row of the answer (service.py), in its order.
-- Units: pcs, CNY, ratios.
-- Params: $kept VARCHAR.
SELECT
    k.view AS view,
    k.month AS month,
    k.account AS account,
    k.name AS name,
    k.name_en AS name_en,
    k.owner AS owner,
    k.cause AS cause,
    k.lines AS lines,
    k.ordered_pcs AS ordered_pcs,
    k.filled_pcs AS filled_pcs,
    k.fill AS fill,
    k.judged_pcs AS judged_pcs,
    k.otif AS otif,
    k.late_pcs AS late_pcs,
    k.partial_pcs AS partial_pcs,
    k.missing_pcs AS missing_pcs,
    k.early_pcs AS early_pcs,
    k.missed_cny AS missed_cny,
    k.below AS below,
    k.others AS others
FROM supply_service AS k
WHERE k.kept = $kept
ORDER BY k.place
