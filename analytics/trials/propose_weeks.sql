-- What each account sold of one product, or of its category, in each week that it reported at all.
-- Grain: account x week (Monday to Sunday) with rows of any product. Units: pcs.
-- Params: $sku VARCHAR, or $category VARCHAR where $sku is ''; $since, $until DATE (both included).
SELECT
    f.account AS account,
    date_trunc('week', f.sold_on)::DATE AS week,
    sum(
        CASE WHEN f.sku = $sku::VARCHAR OR ($sku::VARCHAR = '' AND p.category = $category) THEN f.qty ELSE 0 END
    )::DOUBLE AS qty
FROM sell_out AS f
LEFT JOIN product_dim AS p ON p.sku = f.sku
WHERE f.sold_on BETWEEN $since::DATE AND $until::DATE
GROUP BY f.account, date_trunc('week', f.sold_on)::DATE
ORDER BY account, week
