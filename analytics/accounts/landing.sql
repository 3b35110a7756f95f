-- The targets of the calendar year of $as_of, month by month.
-- Grain: account x month with a target.
-- Units: target CNY.
-- Params: $as_of DATE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- A target without a category is for all of them; with a category filter only targets of those categories count.
SELECT
    t.account AS account,
    any_value(coalesce(a.name, t.account)) AS name,
    any_value(coalesce(a.name_en, t.account)) AS name_en,
    any_value(coalesce(a.owner, '')) AS owner,
    t.month AS month,
    sum(t.amount)::DOUBLE AS target
FROM target_month AS t
LEFT JOIN account_dim AS a ON a.account = t.account
WHERE year(t.month) = year($as_of::DATE)
  AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], t.category))
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], t.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
GROUP BY t.account, t.month
ORDER BY account, month
