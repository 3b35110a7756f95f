-- How many accounts each manager looks after.
-- Grain: manager (owner of the account master; '' = none) with at least one account in the scope.
-- Units: accounts, silent, key_accounts = accounts; amount = CNY of the twelve months that end with the month of $as_of.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- accounts have sales of any product in the twelve months; silent ones are in the master and have none. A manager's whole
-- load counts, also what lies outside the region or the account that is looked at; only amount follows the category.
WITH mine AS (
    SELECT DISTINCT owner
    FROM account_dim
    WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
),

sold AS (
    SELECT
        s.account,
        sum(CASE WHEN $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category)
            THEN s.amount END) AS amount
    FROM sales_month AS s
    JOIN product_dim AS p ON p.sku = s.sku
    WHERE s.flow = $flow
      AND s.month <= $as_of::DATE
      AND s.month > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
    GROUP BY s.account
)

SELECT
    d.owner AS owner,
    count(s.account) AS accounts,
    count(CASE WHEN s.account IS NULL THEN 1 END) AS silent,
    count(CASE WHEN s.account IS NOT NULL AND d.key_account THEN 1 END) AS key_accounts,
    sum(s.amount)::DECIMAL(18, 4) AS amount
FROM account_dim AS d
LEFT JOIN sold AS s ON s.account = d.account
WHERE d.owner IN (SELECT owner FROM mine)
  AND (d.listed OR s.account IS NOT NULL)
  AND EXISTS (SELECT 1 FROM accounts AS a WHERE a.owner IS NOT NULL)
GROUP BY d.owner
ORDER BY accounts DESC, owner
