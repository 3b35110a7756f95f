-- The counts of one product at one account in the last 13 weeks.
-- Grain: day counted.
-- Units: counted pcs.
-- Params: $as_of DATE, $account, $sku VARCHAR.
SELECT counted_on AS counted_on, sum(on_hand)::DOUBLE AS counted
FROM stock
WHERE account = $account
  AND sku = $sku
  AND counted_on BETWEEN ($as_of::DATE - 91)::DATE AND $as_of::DATE
  AND on_hand IS NOT NULL
GROUP BY counted_on
ORDER BY counted_on
