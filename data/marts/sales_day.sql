-- Sales by account and day, of the months that a sync touched.
-- Grain: flow x account x day. Units: qty pcs, amount CNY, lines rows.
-- Params: $since, $until DATE (both included); {flow} is one of FLOWS.
SELECT
    '{flow}' AS flow,
    account,
    sold_on AS day,
    sum(qty)::DECIMAL(18, 3) AS qty,
    sum(amount)::DECIMAL(18, 4) AS amount,
    count(*) AS lines
FROM {flow}
WHERE sold_on BETWEEN $since AND $until
GROUP BY account, sold_on
