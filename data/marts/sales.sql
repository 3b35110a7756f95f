-- Both kinds of sales under one name, for questions that need days or lines; `flow` keeps them apart.
SELECT 'sell_out' AS flow, account, sku, sold_on, qty, amount, _seq, _line FROM sell_out
UNION ALL
SELECT 'sell_in' AS flow, account, sku, sold_on, qty, amount, _seq, _line FROM sell_in
