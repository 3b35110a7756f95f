-- The stores of a quarter: no mart holds stores, so this reads the lines. Params: $since, $until DATE.
SELECT store AS store, count(*) AS lines, sum(qty)::DOUBLE AS qty, sum(amount)::DOUBLE AS amount
FROM sell_out
WHERE sold_on BETWEEN $since AND $until
GROUP BY store
ORDER BY amount DESC, store
