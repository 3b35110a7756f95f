-- What all places of an account come to: how long they last, how many are short, what is at stake and what is too much.
-- Grain: account of the kept plan.
-- Units: places, told (with days of cover and days needed), short, half (short of half of the need), over, over_priced
-- (with at least one piece of excess; those of them with a price) count places; stock pcs, pace pcs a day and needed
-- pcs (pace x days needed) of what is told and sells; missing pcs; risk_cny, over_cny, short_cny CNY.
-- Days count as they are shown: rounded, a half to the even day.
-- Params: $kept VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
WITH shown AS (
    SELECT
        p.account AS account,
        coalesce(p.on_hand, 0.0) + coalesce(p.in_transit, 0.0) AS stock,
        p.rate AS rate,
        p.need_days AS need_days,
        greatest(p.need_days - p.cover_days, 0.0) * coalesce(p.rate, 0.0) AS missing,
        p.cover_days IS NOT NULL AND p.need_days IS NOT NULL AS is_told,
        p.cover_days IS NOT NULL AS has_days,
        CASE
            WHEN p.cover_days - floor(p.cover_days) = 0.5 THEN 2 * floor(p.cover_days * 0.5 + 0.5)
            ELSE floor(p.cover_days + 0.5)
        END AS days,
        CASE
            WHEN p.need_days - floor(p.need_days) = 0.5 THEN 2 * floor(p.need_days * 0.5 + 0.5)
            ELSE floor(p.need_days + 0.5)
        END AS need,
        p.price AS price,
        coalesce(greatest(p.soon_pcs, p.lost_pcs) * p.price, 0.0) AS risk_cny,
        p.excess AS excess,
        coalesce(p.excess * p.price, 0.0) AS over_cny
    FROM supply_plan AS p
    WHERE p.kept = $kept
      AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], p.account))
      AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], p.region))
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category))
)

SELECT
    account AS account,
    count(*) AS places,
    sum(CASE WHEN is_told THEN 1 ELSE 0 END)::BIGINT AS told,
    sum(CASE WHEN is_told AND days < need THEN 1 ELSE 0 END)::BIGINT AS short,
    sum(CASE WHEN is_told AND 2 * days < need THEN 1 ELSE 0 END)::BIGINT AS half,
    sum(CASE WHEN is_told AND days < need THEN missing * coalesce(price, 0.0) ELSE 0.0 END) AS short_cny,
    sum(CASE WHEN is_told AND rate > 0 AND need_days > 0 THEN stock ELSE 0.0 END) AS stock,
    sum(CASE WHEN is_told AND rate > 0 AND need_days > 0 THEN rate ELSE 0.0 END) AS pace,
    sum(CASE WHEN is_told AND rate > 0 AND need_days > 0 THEN rate * need_days ELSE 0.0 END) AS needed,
    sum(CASE WHEN has_days THEN 1 ELSE 0 END)::BIGINT AS numbered,
    sum(CASE WHEN has_days THEN risk_cny + over_cny ELSE 0.0 END) AS stake_cny,
    sum(CASE WHEN is_told THEN missing ELSE 0.0 END) AS missing,
    sum(CASE WHEN excess >= 1 THEN 1 ELSE 0 END)::BIGINT AS over,
    sum(CASE WHEN excess >= 1 AND price IS NOT NULL THEN 1 ELSE 0 END)::BIGINT AS over_priced,
    sum(CASE WHEN excess >= 1 THEN over_cny ELSE 0.0 END) AS over_cny
FROM shown
GROUP BY account
ORDER BY account
