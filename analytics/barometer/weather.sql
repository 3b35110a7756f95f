-- Every account in the scope, as people call it.
-- Grain: account. Units: none.
-- Params: $accounts, $regions VARCHAR[] or NULL (all).
SELECT account, name, name_en, region, owner
FROM account_dim
WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
ORDER BY account
