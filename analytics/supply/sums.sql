-- The kept plan added up: what questions say of all places, without going through them again.
-- Grain: account x category of the kept plan.
-- Units: of cover: places, told (with days of cover and days needed), short, half (short of half of the need), numbered
-- (with days of cover), over, over_priced (with at least one piece of excess; those of them with a price) count places;
-- stock pcs, pace pcs a day and needed pcs (pace x days needed) of what is told and sells; missing pcs; short_cny,
-- stake_cny (at risk and in excess), over_cny CNY. Of what is to be sent: lines, soon (by $soon_by), late (past the
-- latest order date), unpriced count lines; wanted, allotted pcs; wanted_cny, goods_cny, kept_cny CNY; longest days
-- needed. Of the gap of what is planned: items, lacking places; need_pcs, safety, on_hand, in_transit, unsent (each up
-- to the need of its own item), packs (what whole packs add), ship pcs.
-- Days count as they are shown: rounded, a half to the even day.
-- Params: $kept VARCHAR, $as_of, $soon_by DATE.
WITH shown AS (
    SELECT
        p.account AS account,
        p.region AS region,
        p.category AS category,
        p.state = '' AS is_planned,
        coalesce(p.on_hand, 0::DOUBLE) + coalesce(p.in_transit, 0::DOUBLE) AS stock,
        p.rate AS rate,
        p.need_days AS need_days,
        greatest(p.need_days - p.cover_days, 0::DOUBLE) * coalesce(p.rate, 0::DOUBLE) AS missing,
        p.cover_days IS NOT NULL AND p.need_days IS NOT NULL AS is_told,
        p.cover_days IS NOT NULL AS has_days,
        CASE
            WHEN p.cover_days - floor(p.cover_days) = 0.5::DOUBLE THEN 2 * floor(p.cover_days * 0.5::DOUBLE + 0.5::DOUBLE)
            ELSE floor(p.cover_days + 0.5::DOUBLE)
        END AS days,
        CASE
            WHEN p.need_days - floor(p.need_days) = 0.5::DOUBLE THEN 2 * floor(p.need_days * 0.5::DOUBLE + 0.5::DOUBLE)
            ELSE floor(p.need_days + 0.5::DOUBLE)
        END AS need,
        p.price AS price,
        coalesce(greatest(p.soon_pcs, p.lost_pcs) * p.price, 0::DOUBLE) AS risk_cny,
        p.excess AS excess,
        coalesce(p.excess * p.price, 0::DOUBLE) AS over_cny,
        coalesce(p.ship + p.rush, 0::DOUBLE) AS wanted,
        p.allotted AS allotted,
        p.kept_pcs AS kept_pcs,
        p.dispatch_by AS dispatch_by,
        p.order_by AS order_by,
        p.need AS need_pcs,
        p.safety AS safety,
        p.need + p.safety AS target,
        least(p.on_hand, p.need + p.safety) AS on_hand,
        least(coalesce(p.in_transit, 0::DOUBLE), p.need + p.safety - least(p.on_hand, p.need + p.safety)) AS in_transit,
        p.unsent AS unsent,
        p.ship AS ship
    FROM supply_plan AS p
    WHERE p.kept = $kept
)

SELECT
    account AS account,
    region AS region,
    category AS category,
    count(*) AS places,
    sum(CASE WHEN is_told THEN 1 ELSE 0 END)::BIGINT AS told,
    sum(CASE WHEN is_told AND days < need THEN 1 ELSE 0 END)::BIGINT AS short,
    sum(CASE WHEN is_told AND 2 * days < need THEN 1 ELSE 0 END)::BIGINT AS half,
    sum(CASE WHEN is_told AND days < need THEN missing * coalesce(price, 0::DOUBLE) ELSE 0::DOUBLE END) AS short_cny,
    sum(CASE WHEN is_told AND rate > 0 AND need_days > 0 THEN stock ELSE 0::DOUBLE END) AS stock,
    sum(CASE WHEN is_told AND rate > 0 AND need_days > 0 THEN rate ELSE 0::DOUBLE END) AS pace,
    sum(CASE WHEN is_told AND rate > 0 AND need_days > 0 THEN rate * need_days ELSE 0::DOUBLE END) AS needed,
    sum(CASE WHEN has_days THEN 1 ELSE 0 END)::BIGINT AS numbered,
    sum(CASE WHEN has_days THEN risk_cny + over_cny ELSE 0::DOUBLE END) AS stake_cny,
    sum(CASE WHEN is_told THEN missing ELSE 0::DOUBLE END) AS missing,
    sum(CASE WHEN excess >= 1 THEN 1 ELSE 0 END)::BIGINT AS over,
    sum(CASE WHEN excess >= 1 AND price IS NOT NULL THEN 1 ELSE 0 END)::BIGINT AS over_priced,
    sum(CASE WHEN excess >= 1 THEN over_cny ELSE 0::DOUBLE END) AS over_cny,
    sum(CASE WHEN wanted > 0 THEN 1 ELSE 0 END)::BIGINT AS lines,
    sum(CASE WHEN wanted > 0 THEN wanted ELSE 0::DOUBLE END) AS wanted,
    sum(CASE WHEN wanted > 0 THEN coalesce(price, 0::DOUBLE) * wanted ELSE 0::DOUBLE END) AS wanted_cny,
    sum(CASE WHEN wanted > 0 THEN coalesce(allotted, 0::DOUBLE) ELSE 0::DOUBLE END) AS allotted,
    sum(CASE WHEN wanted > 0 THEN coalesce(price * allotted, 0::DOUBLE) ELSE 0::DOUBLE END) AS goods_cny,
    sum(CASE WHEN wanted > 0 THEN coalesce(price * kept_pcs, 0::DOUBLE) ELSE 0::DOUBLE END) AS kept_cny,
    sum(CASE WHEN wanted > 0 AND dispatch_by <= $soon_by::DATE THEN 1 ELSE 0 END)::BIGINT AS soon,
    sum(CASE WHEN wanted > 0 AND order_by < $as_of::DATE THEN 1 ELSE 0 END)::BIGINT AS late,
    sum(CASE WHEN wanted > 0 AND price * kept_pcs IS NULL THEN 1 ELSE 0 END)::BIGINT AS unpriced,
    max(CASE WHEN wanted > 0 THEN need_days END) AS longest,
    sum(CASE WHEN is_planned THEN 1 ELSE 0 END)::BIGINT AS items,
    sum(CASE WHEN is_planned AND ship > 0 THEN 1 ELSE 0 END)::BIGINT AS lacking,
    sum(CASE WHEN is_planned THEN need_pcs END) AS need_pcs,
    sum(CASE WHEN is_planned THEN safety END) AS safety,
    sum(CASE WHEN is_planned THEN on_hand END) AS on_hand,
    sum(CASE WHEN is_planned THEN in_transit END) AS in_transit,
    sum(CASE WHEN is_planned THEN least(unsent, target - on_hand - in_transit) END) AS unsent,
    sum(CASE WHEN is_planned THEN ship - (target - on_hand - in_transit - least(unsent, target - on_hand - in_transit)) END) AS packs,
    sum(CASE WHEN is_planned THEN ship END) AS ship
FROM shown
GROUP BY account, region, category
ORDER BY account, category
