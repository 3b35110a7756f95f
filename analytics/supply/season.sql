-- What the coming weeks ask for, by series (account x SKU) or by account: stats/forecast.py's SxL and its band, in SQL.
-- Grain: account x sku x week ahead; with $by_sku false sku is '' and an account's series are added up.
-- Units: pcs, low, high of the week; total, total_low, total_high from week $first of the horizon on; before pcs of the
-- same week a year earlier; NULL without a forecast. weeks: history known; series, told: in the row, with a forecast.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all), $by_sku BOOLEAN,
-- $horizon INTEGER weeks ahead (up to 26), $first INTEGER (0: the coming week).
-- A week is Monday to Sunday, the last one has ended by $as_of. Before its first row a series is missing; later a week
-- without a row is 0 where the account is in the files of that week (sell-in: always), else missing.
WITH cells AS (
    SELECT s.account AS account, s.sku AS sku, date_trunc('week', s.sold_on)::DATE AS week, sum(s.qty)::DOUBLE AS pcs
    FROM sales AS s
    WHERE s.flow = $flow
      AND s.sold_on < date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE)::DATE
      AND s.sold_on >= (date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE) - INTERVAL 1092 DAY)::DATE
    GROUP BY s.account, s.sku, date_trunc('week', s.sold_on)::DATE
),

span AS (
    SELECT
        min(c.week) AS since,
        (date_trunc('week', ($as_of::DATE + INTERVAL 1 DAY)::DATE) - INTERVAL 7 DAY)::DATE AS until
    FROM cells AS c
),

calendar_weeks AS (
    SELECT
        w.week::DATE AS week,
        w.since AS since,
        floor(date_diff('day', w.since, w.week::DATE)::DOUBLE / 7::DOUBLE)::INTEGER AS t,
        floor(date_diff('day', w.since, w.until)::DOUBLE / 7::DOUBLE)::INTEGER + 1 AS weeks
    FROM (
        SELECT since, until, unnest(generate_series(since, until, INTERVAL 7 DAY)) AS week
        FROM span
        WHERE since IS NOT NULL
    ) AS w
),

series AS (
    SELECT c.account AS account, c.sku AS sku, min(c.week) AS begun, row_number() OVER (ORDER BY c.account, c.sku) AS id
    FROM cells AS c
    GROUP BY c.account, c.sku
),

reported AS (
    SELECT DISTINCT c.account AS account, c.week AS week FROM cells AS c
),

panel AS (
    SELECT
        s.id AS id,
        w.t AS t,
        w.weeks AS weeks,
        CASE
            WHEN c.week IS NOT NULL THEN c.pcs
            WHEN w.week >= s.begun AND ($flow = 'sell_in' OR r.week IS NOT NULL) THEN 0
        END AS y
    FROM series AS s
    CROSS JOIN calendar_weeks AS w
    LEFT JOIN cells AS c ON c.account = s.account AND c.sku = s.sku AND c.week = w.week
    LEFT JOIN reported AS r ON r.account = s.account AND r.week = w.week
),

-- The mean of the year that begins at t, where three quarters of it are known.
years AS (
    SELECT
        p.id AS id,
        p.t AS t,
        p.weeks AS weeks,
        p.y AS y,
        CASE WHEN p.t <= p.weeks - 52 AND p.known >= 39 THEN p.sold::DOUBLE / nullif(p.known, 0)::DOUBLE END AS mean
    FROM (
        SELECT
            id,
            t,
            weeks,
            y,
            sum(y) OVER (PARTITION BY id ORDER BY t, weeks ROWS BETWEEN CURRENT ROW AND 51 FOLLOWING) AS sold,
            count(y) OVER (PARTITION BY id ORDER BY t, weeks ROWS BETWEEN CURRENT ROW AND 51 FOLLOWING) AS known
        FROM panel
    ) AS p
),

-- The base: one year, 2 x 52 centred; at the beginning over the first whole year.
based AS (
    SELECT
        y.id AS id,
        y.t AS t,
        y.weeks AS weeks,
        y.y AS y,
        y.mean AS mean,
        0.5 * (
            CASE WHEN y.t < 26 THEN y.head ELSE y.half END + CASE WHEN y.t < 25 THEN y.head ELSE y.next END
        ) AS base
    FROM (
        SELECT
            id,
            t,
            weeks,
            y,
            mean,
            first_value(mean) OVER (PARTITION BY id ORDER BY t, weeks) AS head,
            lag(mean, 26) OVER (PARTITION BY id ORDER BY t, weeks) AS half,
            lag(mean, 25) OVER (PARTITION BY id ORDER BY t, weeks) AS next
        FROM years
    ) AS y
),

-- Forecasts are made from the end of the history (n = 0) and, for their errors, from up to six earlier weeks.
origins AS (
    SELECT o.n AS n, o.weeks AS weeks, o.origin AS origin
    FROM (
        SELECT
            n,
            weeks,
            CASE WHEN n = 0 THEN weeks ELSE weeks - $horizon::INTEGER - 4 * (n - 1) END AS origin
        FROM (
            SELECT unnest(generate_series(0, 6)) AS n, weeks AS weeks
            FROM calendar_weeks
            WHERE t = 0
        )
    ) AS o
    WHERE o.n = 0 OR o.origin > 52
),

-- By week of the year: what was known at an origin, at its end (over the last whole year), and what then came.
known AS (
    SELECT
        b.id AS id,
        o.n AS n,
        o.origin AS origin,
        b.t % 52 AS place,
        sum(CASE WHEN b.t < o.origin - 26 AND b.base > 0 AND b.y IS NOT NULL THEN b.y ELSE 0 END) AS sold,
        sum(CASE WHEN b.t < o.origin - 26 AND b.base > 0 AND b.y IS NOT NULL THEN b.base ELSE 0 END) AS expected,
        sum(CASE WHEN b.t < o.origin - 26 AND b.base > 0 AND b.y IS NOT NULL THEN 1 ELSE 0 END) AS years,
        max(CASE WHEN b.t >= o.origin - 26 AND b.t < o.origin THEN b.y END) AS lately,
        max(CASE WHEN b.t >= o.origin - 52 AND b.t < o.origin - 26 THEN b.y END) AS before,
        max(CASE WHEN b.t >= o.origin THEN b.y END) AS came,
        max(CASE WHEN b.t = o.origin - 52 THEN b.mean END) AS mean
    FROM based AS b
    JOIN origins AS o ON b.t < o.origin + $horizon::INTEGER
    GROUP BY b.id, o.n, o.origin, b.t % 52
),

ended AS (
    SELECT
        k.id AS id,
        k.n AS n,
        k.place AS place,
        (k.origin - 1 - k.place + 104) % 52 AS ago,
        (k.place - k.origin + 208) % 52 AS ahead,
        k.sold AS sold,
        k.expected AS expected,
        k.years AS years,
        k.lately AS lately,
        k.before AS before,
        k.came AS came,
        max(k.mean) OVER (PARTITION BY k.id, k.n) AS base
    FROM known AS k
),

-- Own season of each series and that of its category: ratios of sums, a year of the group's beside the years seen.
sums AS (
    SELECT
        e.id AS id,
        e.n AS n,
        e.place AS place,
        e.ago AS ago,
        e.ahead AS ahead,
        e.base AS base,
        e.lately AS lately,
        e.before AS before,
        e.came AS came,
        p.category AS category,
        e.sold + CASE WHEN e.base > 0 AND e.lately IS NOT NULL THEN e.lately ELSE 0 END AS sold,
        e.expected + CASE WHEN e.base > 0 AND e.lately IS NOT NULL THEN e.base ELSE 0 END AS expected,
        e.years + CASE WHEN e.base > 0 AND e.lately IS NOT NULL THEN 1 ELSE 0 END AS years
    FROM ended AS e
    JOIN series AS s ON s.id = e.id
    JOIN product_dim AS p ON p.sku = s.sku
),

pooled AS (
    SELECT
        s.id AS id,
        s.n AS n,
        s.ago AS ago,
        s.ahead AS ahead,
        s.base AS base,
        s.lately AS lately,
        s.before AS before,
        s.came AS came,
        (s.years * coalesce(s.sold::DOUBLE / nullif(s.expected, 0)::DOUBLE, 0) + s.all_sold::DOUBLE / nullif(
            s.all_expected, 0
        )::DOUBLE)::DOUBLE / nullif(s.years + 1, 0)::DOUBLE AS raw
    FROM (
        SELECT
            id,
            n,
            ago,
            ahead,
            base,
            lately,
            before,
            came,
            years,
            sold,
            expected,
            sum(sold) OVER (PARTITION BY category, n, place) AS all_sold,
            sum(expected) OVER (PARTITION BY category, n, place) AS all_expected
        FROM sums
    ) AS s
),

-- To a mean of 1; and what the last 8 and 26 weeks sold over what the index makes of them.
summed AS (
    SELECT
        p.id AS id,
        p.n AS n,
        p.ago AS ago,
        p.ahead AS ahead,
        p.base AS base,
        p.lately AS lately,
        p.before AS before,
        p.came AS came,
        p.raw AS raw,
        sum(p.raw) OVER w AS raw_sum,
        count(p.raw) OVER w AS raw_count,
        sum(CASE WHEN p.ago < 8 AND p.raw IS NOT NULL THEN p.lately END) OVER w AS sold_8,
        sum(CASE WHEN p.ago < 8 AND p.lately IS NOT NULL THEN p.raw END) OVER w AS raw_8,
        count(CASE WHEN p.ago < 8 AND p.lately IS NOT NULL THEN p.raw END) OVER w AS known_8,
        sum(CASE WHEN p.raw IS NOT NULL THEN p.lately END) OVER w AS sold_26,
        sum(CASE WHEN p.lately IS NOT NULL THEN p.raw END) OVER w AS raw_26,
        count(CASE WHEN p.lately IS NOT NULL THEN p.raw END) OVER w AS known_26
    FROM pooled AS p
    WINDOW w AS (PARTITION BY p.id, p.n)
),

scaled AS (
    SELECT
        s.id AS id,
        s.n AS n,
        s.ahead AS ahead,
        s.before AS before,
        s.came AS came,
        s.raw * s.scale AS season,
        abs(CASE WHEN s.base > 0 THEN s.lately::DOUBLE / nullif(s.base, 0)::DOUBLE END - s.raw * s.scale) AS departure,
        CASE
            WHEN s.known_8 >= 4 AND s.raw_8 * s.scale > 0
                THEN s.sold_8::DOUBLE / nullif(s.raw_8 * s.scale, 0)::DOUBLE
        END AS level_8,
        CASE
            WHEN s.known_26 >= 13 AND s.raw_26 * s.scale > 0
                THEN s.sold_26::DOUBLE / nullif(s.raw_26 * s.scale, 0)::DOUBLE
        END AS level_26
    FROM (
        SELECT
            id,
            n,
            ago,
            ahead,
            base,
            lately,
            before,
            came,
            raw,
            raw_count::DOUBLE / nullif(raw_sum, 0)::DOUBLE AS scale,
            sold_8,
            raw_8,
            known_8,
            sold_26,
            raw_26,
            known_26
        FROM summed
    ) AS s
),

told AS (
    SELECT
        s.id AS id,
        s.n AS n,
        s.ahead AS ahead,
        s.before AS before,
        s.came AS came,
        s.departure AS departure,
        CASE WHEN s.level > 0 THEN s.level * s.season END AS told
    FROM (
        SELECT
            id,
            n,
            ahead,
            before,
            came,
            departure,
            season,
            0.5 * (coalesce(level_8, level_26) + coalesce(level_26, level_8)) AS level
        FROM scaled
    ) AS s
),

-- How far each series moves about its season: bins by quantiles, fewer with under 12 series a bin; unknown is the last.
moves AS (
    SELECT
        m.id AS id,
        m.move AS move,
        m.rank AS rank,
        m.seen AS seen,
        greatest(1, least(5, floor(m.series::DOUBLE / 12::DOUBLE)::INTEGER)) AS bins
    FROM (
        SELECT
            t.id AS id,
            avg(t.departure) AS move,
            row_number() OVER (
                ORDER BY CASE WHEN avg(t.departure) IS NULL THEN 1 ELSE 0 END, avg(t.departure), t.id
            ) - 1 AS rank,
            count(avg(t.departure)) OVER () AS seen,
            count(*) OVER () AS series
        FROM told AS t
        WHERE t.n = 0
        GROUP BY t.id
    ) AS m
),

edges AS (
    SELECT
        e.k AS k,
        CASE
            WHEN e.part >= 0.5 THEN e.above - (e.above - e.below) * (1 - e.part)
            ELSE e.below + (e.above - e.below) * e.part
        END AS edge
    FROM (
        SELECT
            q.k AS k,
            max(q.at - floor(q.at)) AS part,
            max(CASE WHEN m.rank = floor(q.at) THEN m.move END) AS below,
            max(CASE WHEN m.rank = least(floor(q.at) + 1, m.seen - 1) THEN m.move END) AS above
        FROM moves AS m
        JOIN (
            SELECT
                b.k AS k,
                (b.seen - 1) * (b.k::DOUBLE / nullif(b.bins, 0)::DOUBLE) AS at
            FROM (
                SELECT unnest(generate_series(1, 4)) AS k, max(bins) AS bins, max(seen) AS seen FROM moves
            ) AS b
            WHERE b.k < b.bins AND b.seen > 0
        ) AS q ON m.rank >= floor(q.at) AND m.rank <= floor(q.at) + 1
        GROUP BY q.k
    ) AS e
),

binned AS (
    SELECT m.id AS id, CASE WHEN m.move IS NULL THEN max(m.bins) - 1 ELSE count(e.k) END AS bin
    FROM moves AS m
    LEFT JOIN edges AS e ON e.edge < m.move
    GROUP BY m.id, m.move
),

-- The rows that are read: series, or accounts as the sum of the series that have a forecast; one bin for accounts.
items AS (
    SELECT
        t.id AS id,
        s.account AS account,
        CASE WHEN $by_sku::BOOLEAN THEN s.sku ELSE '' END AS sku,
        CASE WHEN $by_sku::BOOLEAN THEN b.bin ELSE 0 END AS bin,
        t.n AS n,
        t.ahead AS ahead,
        t.before AS before,
        CASE WHEN t.n > 0 OR t.had = $horizon::INTEGER THEN t.told END AS told,
        CASE WHEN t.told IS NOT NULL THEN t.came END AS came
    FROM (
        SELECT id, n, ahead, before, told, came, count(told) OVER (PARTITION BY id, n) AS had
        FROM told
        WHERE ahead < $horizon::INTEGER
    ) AS t
    JOIN series AS s ON s.id = t.id
    JOIN binned AS b ON b.id = t.id
    JOIN product_dim AS p ON p.sku = s.sku
    WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], p.category)
),

courses AS (
    SELECT
        r.account AS account,
        r.sku AS sku,
        r.bin AS bin,
        r.n AS n,
        r.ahead AS ahead,
        r.series AS series,
        r.forecast AS forecast,
        r.before AS before,
        r.told AS told,
        CASE WHEN r.told > 0 THEN (r.came - r.told)::DOUBLE / nullif(r.told, 0)::DOUBLE END AS miss,
        CASE WHEN r.told_count = r.wanted THEN r.told_sum END AS total,
        CASE
            WHEN r.told_count = r.wanted AND r.came_count = r.wanted AND r.told_sum > 0
                THEN (r.came_sum - r.told_sum)::DOUBLE / nullif(r.told_sum, 0)::DOUBLE
        END AS total_miss
    FROM (
        SELECT
            i.account AS account,
            i.sku AS sku,
            i.bin AS bin,
            i.n AS n,
            i.ahead AS ahead,
            i.series AS series,
            i.forecast AS forecast,
            i.before AS before,
            i.told AS told,
            i.came AS came,
            i.ahead - $first::INTEGER + 1 AS wanted,
            sum(CASE WHEN i.ahead >= $first::INTEGER THEN i.told END) OVER w AS told_sum,
            count(CASE WHEN i.ahead >= $first::INTEGER THEN i.told END) OVER w AS told_count,
            sum(CASE WHEN i.ahead >= $first::INTEGER THEN i.came END) OVER w AS came_sum,
            count(CASE WHEN i.ahead >= $first::INTEGER THEN i.came END) OVER w AS came_count
        FROM (
            SELECT
                account,
                sku,
                bin,
                n,
                ahead,
                count(*) AS series,
                count(told) AS forecast,
                sum(CASE WHEN told IS NOT NULL THEN before END) AS before,
                sum(told) AS told,
                CASE WHEN count(came) = count(told) THEN sum(came) END AS came
            FROM items
            GROUP BY account, sku, bin, n, ahead
        ) AS i
        WINDOW w AS (PARTITION BY i.account, i.sku, i.n ORDER BY i.ahead, i.n ROWS UNBOUNDED PRECEDING)
    ) AS r
),

-- Weibull's quantiles of the errors that were made as many weeks ahead, in rows of like volatility.
ranked AS (
    SELECT
        c.bin AS bin,
        c.ahead AS ahead,
        c.miss AS miss,
        c.total_miss AS total_miss,
        row_number() OVER (
            PARTITION BY c.bin, c.ahead
            ORDER BY CASE WHEN c.miss IS NULL THEN 1 ELSE 0 END, c.miss, c.account, c.sku, c.n
        ) - 1 AS rank,
        row_number() OVER (
            PARTITION BY c.bin, c.ahead
            ORDER BY CASE WHEN c.total_miss IS NULL THEN 1 ELSE 0 END, c.total_miss, c.account, c.sku, c.n
        ) - 1 AS total_rank,
        greatest(count(c.miss) OVER (PARTITION BY c.bin, c.ahead) - 1, 0) AS last,
        greatest(count(c.total_miss) OVER (PARTITION BY c.bin, c.ahead) - 1, 0) AS total_last
    FROM courses AS c
    WHERE c.n > 0
),

placed AS (
    SELECT
        r.bin AS bin,
        r.ahead AS ahead,
        r.miss AS miss,
        r.total_miss AS total_miss,
        r.rank AS rank,
        r.total_rank AS total_rank,
        greatest(0, least(r.last, 0.1::DOUBLE * (r.last + 2) - 1)) AS low,
        greatest(0, least(r.last, 0.9::DOUBLE * (r.last + 2) - 1)) AS high,
        greatest(0, least(r.total_last, 0.1::DOUBLE * (r.total_last + 2) - 1)) AS total_low,
        greatest(0, least(r.total_last, 0.9::DOUBLE * (r.total_last + 2) - 1)) AS total_high
    FROM ranked AS r
),

-- A quantile lies between two errors: each weighs by how near it is.
laws AS (
    SELECT
        p.bin AS bin,
        p.ahead AS ahead,
        sum(p.miss * greatest(0, 1 - abs(p.rank - p.low))) AS low,
        sum(p.miss * greatest(0, 1 - abs(p.rank - p.high))) AS high,
        sum(p.total_miss * greatest(0, 1 - abs(p.total_rank - p.total_low))) AS total_low,
        sum(p.total_miss * greatest(0, 1 - abs(p.total_rank - p.total_high))) AS total_high
    FROM placed AS p
    GROUP BY p.bin, p.ahead
),

banded AS (
    SELECT
        c.account AS account,
        c.sku AS sku,
        c.ahead AS ahead,
        c.series AS series,
        c.forecast AS forecast,
        c.before AS before,
        c.told AS told,
        c.total AS total,
        c.told * (1 + l.low) AS low,
        c.told * (1 + l.high) AS high,
        c.total * (1 + l.total_low) AS total_low,
        c.total * (1 + l.total_high) AS total_high,
        count(c.told * l.low) OVER (PARTITION BY c.account, c.sku) = $horizon::INTEGER AS whole
    FROM courses AS c
    LEFT JOIN laws AS l ON l.bin = c.bin AND l.ahead = c.ahead
    WHERE c.n = 0
)

SELECT
    b.account AS account,
    a.name AS name,
    a.name_en AS name_en,
    a.owner AS owner,
    b.sku AS sku,
    coalesce(p.name, '') AS sku_name,
    coalesce(p.name_en, '') AS sku_name_en,
    (w.since + w.weeks * INTERVAL 7 DAY + b.ahead * INTERVAL 7 DAY)::DATE AS week,
    w.weeks AS weeks,
    b.series AS series,
    b.forecast AS forecast,
    CASE WHEN b.whole THEN b.told END AS pcs,
    CASE WHEN b.whole THEN b.low END AS low,
    CASE WHEN b.whole THEN b.high END AS high,
    CASE WHEN b.whole THEN b.total END AS total,
    CASE WHEN b.whole THEN b.total_low END AS total_low,
    CASE WHEN b.whole THEN b.total_high END AS total_high,
    b.before AS before
FROM banded AS b
CROSS JOIN calendar_weeks AS w
JOIN account_dim AS a ON a.account = b.account
LEFT JOIN product_dim AS p ON p.sku = b.sku
WHERE w.t = 0
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], b.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY account, sku, week
