-- Sales of each calendar year, by hand.
SELECT
    year(sold_on),
    sum(amount),
    sum(qty),
    count(DISTINCT date_trunc('month', sold_on)),
    count(DISTINCT account)
FROM sell_out
WHERE sold_on <= $as_of::DATE
GROUP BY ALL
ORDER BY 1
