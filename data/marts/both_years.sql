-- Months of each kind of sales in which anybody at all has figures, and a year before too: what can be compared.
-- Grain: flow x month.
WITH ends AS (
    SELECT DISTINCT flow, month FROM account_month
)

SELECT e.flow AS flow, e.month AS month
FROM ends AS e
JOIN ends AS p ON p.flow = e.flow AND p.month = (e.month - INTERVAL 12 MONTH)::DATE
