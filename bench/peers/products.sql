-- Products by rolling twelve months beside the twelve before, by hand.
SELECT
    sku,
    sum(amount) FILTER (WHERE sold_on >= date_trunc('month', $as_of::DATE) - INTERVAL 11 MONTH) AS rolling,
    sum(amount) FILTER (WHERE sold_on < date_trunc('month', $as_of::DATE) - INTERVAL 11 MONTH),
    sum(qty) FILTER (WHERE sold_on >= date_trunc('month', $as_of::DATE) - INTERVAL 11 MONTH)
FROM sell_out
WHERE sold_on BETWEEN date_trunc('month', $as_of::DATE) - INTERVAL 23 MONTH AND $as_of::DATE
GROUP BY sku
ORDER BY rolling DESC, sku
