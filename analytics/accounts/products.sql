-- Products by their sales of the twelve months that end with the month of $as_of.
-- Grain: sku with sales in those months or in the twelve before.
-- Units: rolling, rolling_before CNY; qty pcs; cumulative 0-1.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH windows AS (
    SELECT
        s.sku,
        sum(CASE WHEN s.month > ($as_of::DATE - INTERVAL 12 MONTH)::DATE THEN s.amount END) AS rolling,
        sum(CASE WHEN s.month <= ($as_of::DATE - INTERVAL 12 MONTH)::DATE THEN s.amount END) AS rolling_before,
        sum(CASE WHEN s.month > ($as_of::DATE - INTERVAL 12 MONTH)::DATE THEN s.qty END) AS qty
    FROM sales_month AS s
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.month > ($as_of::DATE - INTERVAL 24 MONTH)::DATE
      AND s.account IN (
          SELECT account FROM account_dim
          WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
            AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
      )
    GROUP BY s.sku
)

SELECT
    w.sku AS sku,
    p.name AS name,
    p.name_en AS name_en,
    p.category AS category,
    w.rolling::DECIMAL(18, 4) AS rolling,
    w.rolling_before::DECIMAL(18, 4) AS rolling_before,
    w.qty::DECIMAL(18, 3) AS qty,
    sum(coalesce(w.rolling, 0)) OVER (
        ORDER BY coalesce(w.rolling, 0) DESC, w.sku ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )::DOUBLE / nullif(sum(coalesce(w.rolling, 0)) OVER (), 0)::DOUBLE AS cumulative
FROM windows AS w
JOIN product_dim AS p ON p.sku = w.sku
WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category)
ORDER BY coalesce(w.rolling, 0) DESC, sku
