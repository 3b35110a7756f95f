-- Of which places something is not known: what sells but is not planned, and what is at risk without a price.
-- Grain: reason x account of the kept plan; reason is the state, or 'no price'.
-- Units: places.
-- Params: $kept VARCHAR, $risky DOUBLE, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH found AS (
    SELECT
        CASE WHEN p.state = '' THEN 'no price' ELSE p.state END AS reason,
        p.account AS account,
        count(*) AS places
    FROM supply_plan AS p
    WHERE p.kept = $kept
      AND ((p.price IS NULL AND (p.risk >= $risky::DOUBLE OR p.risk_until >= $risky::DOUBLE))
        OR (p.state <> '' AND p.recent > 0))
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
    GROUP BY CASE WHEN p.state = '' THEN 'no price' ELSE p.state END, p.account
)

SELECT f.reason AS reason, f.account AS account, a.name AS name, a.name_en AS name_en, f.places AS places
FROM found AS f
JOIN account_dim AS a ON a.account = f.account
ORDER BY reason, account
