-- What the sales files called each product in a month, of the months that a sync touched: the latest spelling.
-- Grain: flow x sku x month. Of several spellings on the last day the alphabetically last counts.
-- Params: $since, $until DATE (both included; whole months); {flow} is one of FLOWS. Which products there are comes from
-- `sales_month`, which is made first: a file without names is then not read again.
WITH spelled AS (
    SELECT sku, sku_name, category, date_trunc('month', sold_on)::DATE AS month, max(sold_on) AS last_day
    FROM {flow}
    WHERE sold_on BETWEEN $since AND $until
      AND (sku_name IS NOT NULL OR category IS NOT NULL)
    GROUP BY sku, sku_name, category, date_trunc('month', sold_on)::DATE
),

named AS (
    SELECT
        sku AS sku,
        month AS month,
        arg_max(sku_name, (last_day, sku_name)) FILTER (WHERE sku_name IS NOT NULL) AS name,
        max(last_day) FILTER (WHERE sku_name IS NOT NULL) AS named_on,
        arg_max(category, (last_day, category)) FILTER (WHERE category IS NOT NULL) AS place,
        max(last_day) FILTER (WHERE category IS NOT NULL) AS placed_on
    FROM spelled
    GROUP BY sku, month
),

sold AS (
    SELECT DISTINCT sku, month FROM sales_month WHERE flow = '{flow}' AND month BETWEEN $since AND $until
)

SELECT
    '{flow}' AS flow,
    s.sku AS sku,
    s.month AS month,
    n.name AS name,
    n.named_on AS named_on,
    n.place AS category,
    n.placed_on AS placed_on
FROM sold AS s
LEFT JOIN named AS n ON n.sku = s.sku AND n.month = s.month
