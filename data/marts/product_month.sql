-- What the sales files called each product in a month, of the months that a sync touched: the latest spelling.
-- Grain: flow x sku x month. Of several spellings on the last day the alphabetically last counts.
-- Params: $since, $until DATE (both included); {flow} is one of FLOWS.
WITH spelled AS (
    SELECT sku, sku_name, category, date_trunc('month', sold_on)::DATE AS month, max(sold_on) AS last_day
    FROM {flow}
    WHERE sold_on BETWEEN $since AND $until
    GROUP BY sku, sku_name, category, date_trunc('month', sold_on)::DATE
)

SELECT
    '{flow}' AS flow,
    sku AS sku,
    month AS month,
    arg_max(sku_name, (last_day, sku_name)) FILTER (WHERE sku_name IS NOT NULL) AS name,
    max(last_day) FILTER (WHERE sku_name IS NOT NULL) AS named_on,
    arg_max(category, (last_day, category)) FILTER (WHERE category IS NOT NULL) AS category,
    max(last_day) FILTER (WHERE category IS NOT NULL) AS placed_on
FROM spelled
GROUP BY sku, month
