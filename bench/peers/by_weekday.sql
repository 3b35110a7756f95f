-- Products by day of the week over everything: no mart holds both. Params: $since, $until DATE.
SELECT sku AS sku, isodow(sold_on) AS weekday, count(*) AS lines, sum(amount)::DOUBLE AS amount
FROM sell_out
WHERE sold_on BETWEEN $since AND $until
GROUP BY ALL
ORDER BY sku, weekday
