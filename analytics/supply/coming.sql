-- What is on its way to each account, or ordered and not yet sent, by the day it was promised for.
-- Grain: account x sku x days to the day promised, of open lines that are not stale.
-- Units: days from $as_of (negative: overdue, NULL: no day is known), sent and unsent pcs.
-- Params: $as_of DATE, $stale INTEGER.
WITH lines AS (
    SELECT
        account AS account,
        sku AS sku,
        qty::DOUBLE AS qty,
        coalesce(shipped_qty, qty)::DOUBLE AS shipped_qty,
        coalesce(promised_on, requested_on) AS due_on,
        coalesce(shipped_on <= $as_of::DATE, delivered_on <= $as_of::DATE, false) AS is_shipped
    FROM orders
    WHERE ordered_on <= $as_of::DATE
      AND NOT coalesce(delivered_on <= $as_of::DATE, false)
      AND coalesce(promised_on, requested_on, ordered_on) >= ($as_of::DATE - $stale::INTEGER)::DATE
)

SELECT
    account AS account,
    sku AS sku,
    date_diff('day', $as_of::DATE, due_on)::DOUBLE AS days,
    sum(CASE WHEN is_shipped THEN shipped_qty ELSE 0.0 END)::DOUBLE AS sent,
    sum(CASE WHEN is_shipped THEN 0.0 ELSE qty END)::DOUBLE AS unsent
FROM lines
GROUP BY account, sku, due_on
ORDER BY account, sku, days
