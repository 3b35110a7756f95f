-- The last count of each month, by account and product.
-- Grain: account x sku x month. Units: on_hand, in_transit pcs.
WITH by_day AS (
    SELECT account, sku, counted_on, sum(on_hand) AS on_hand, sum(in_transit) AS in_transit
    FROM stock
    GROUP BY account, sku, counted_on
)

SELECT
    account,
    sku,
    date_trunc('month', counted_on)::DATE AS month,
    max(counted_on) AS counted_on,
    (arg_max(on_hand, counted_on) FILTER (WHERE on_hand IS NOT NULL))::DECIMAL(18, 3) AS on_hand,
    (arg_max(in_transit, counted_on) FILTER (WHERE in_transit IS NOT NULL))::DECIMAL(18, 3) AS in_transit
FROM by_day
GROUP BY account, sku, date_trunc('month', counted_on)::DATE
