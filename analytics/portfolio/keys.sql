-- Which accounts the account master marks as key accounts.
-- Grain: account of the master; none at all where no row of the master says yes or no.
-- Units: flagged = yes or no.
-- Params: none.
SELECT d.account AS account, d.key_account AS flagged
FROM account_dim AS d
WHERE d.listed
  AND EXISTS (SELECT 1 FROM accounts AS a WHERE a.key_account IS NOT NULL)
ORDER BY account
