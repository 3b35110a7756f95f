-- Up to which day our own book is: of an open month its shipments are compared with the same days of last year.
-- Grain: one row; day is NULL where nothing was shipped up to $as_of.
-- Units: day a date.
-- Params: $as_of DATE.
SELECT max(day) AS day
FROM sales_day
WHERE flow = 'sell_in' AND day <= $as_of::DATE
