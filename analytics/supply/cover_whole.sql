-- What all places of an account come to: how long they last, how many are short, what is at stake and what is too much.
-- Grain: account of the kept sums.
-- Units: see `sums.sql`.
-- Params: $kept VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
SELECT
    s.account AS account,
    sum(s.places)::BIGINT AS places,
    sum(s.told)::BIGINT AS told,
    sum(s.short)::BIGINT AS short,
    sum(s.half)::BIGINT AS half,
    sum(s.short_cny) AS short_cny,
    sum(s.stock) AS stock,
    sum(s.pace) AS pace,
    sum(s.needed) AS needed,
    sum(s.numbered)::BIGINT AS numbered,
    sum(s.stake_cny) AS stake_cny,
    sum(s.missing) AS missing,
    sum(s.over)::BIGINT AS over,
    sum(s.over_priced)::BIGINT AS over_priced,
    sum(s.over_cny) AS over_cny
FROM supply_sums AS s
WHERE s.kept = $kept
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], s.region))
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], s.category))
GROUP BY s.account
ORDER BY account
