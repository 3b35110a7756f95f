-- What the coming weeks ask for, by series (account x SKU) or by account: stats/forecast.py's SxL and its band, in SQL.
-- Grain: account x sku x week ahead; with $by_sku false sku is '' and an account's series are added up.
-- Units: pcs, low, high of the week; total, total_low, total_high from week $first of the horizon on; before pcs of the
-- same week a year earlier; NULL without a forecast. weeks: history known; series, told: in the row, with a forecast.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all), $by_sku BOOLEAN,
-- $horizon INTEGER weeks ahead (up to 26), $first INTEGER (0: the coming week), $places VARCHAR: two digits, the place in
-- the year, for each of the last 156 weeks and the next 26 (where winters go by Spring Festival), or NULL (t modulo 52).
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

-- The weeks known (t from 0) and those ahead, each with its place in the year.
calendar_weeks AS (
    SELECT
        d.week, d.since, d.t, d.weeks,
        CASE
            WHEN $places::VARCHAR IS NULL THEN d.t % 52
            ELSE substr($places::VARCHAR, 2 * (156 - d.weeks + d.t) + 1, 2)::INTEGER
        END AS place
    FROM (
        SELECT
            u.week::DATE AS week, u.since,
            floor(date_diff('day', u.since, u.week::DATE)::DOUBLE / 7::DOUBLE)::INTEGER AS t,
            floor(date_diff('day', u.since, u.until)::DOUBLE / 7::DOUBLE)::INTEGER + 1 AS weeks
        FROM (
            SELECT
                since, until, unnest(generate_series(since, (until + INTERVAL 182 DAY)::DATE, INTERVAL 7 DAY)) AS week
            FROM span WHERE since IS NOT NULL
        ) AS u
    ) AS d
),

-- `item`: the row that is read, a series or an account.
series AS (
    SELECT
        s.id, CASE WHEN $by_sku::BOOLEAN THEN s.id ELSE min(s.id) OVER (PARTITION BY s.account) END AS item,
        s.account, s.sku, s.begun, p.category, dense_rank() OVER (ORDER BY p.category, p.category) AS category_no
    FROM (
        SELECT account, sku, min(week) AS begun, row_number() OVER (ORDER BY account, sku) AS id
        FROM cells
        GROUP BY account, sku
    ) AS s
    JOIN product_dim AS p ON p.sku = s.sku
),

reported AS (
    SELECT DISTINCT c.account AS account, c.week AS week FROM cells AS c
),

panel AS (
    SELECT
        s.id, w.t, w.weeks, w.place,
        CASE
            WHEN c.week IS NOT NULL THEN c.pcs
            WHEN w.week >= s.begun AND ($flow = 'sell_in' OR r.week IS NOT NULL) THEN 0
        END AS y
    FROM series AS s
    CROSS JOIN calendar_weeks AS w
    LEFT JOIN cells AS c ON c.account = s.account AND c.sku = s.sku AND c.week = w.week
    LEFT JOIN reported AS r ON r.account = s.account AND r.week = w.week
    WHERE w.t < w.weeks
),

-- The mean of the year that begins at t, where three quarters of it are known.
years AS (
    SELECT
        p.id, p.t, p.weeks, p.place, p.y,
        CASE WHEN p.t <= p.weeks - 52 AND p.known >= 39 THEN p.sold::DOUBLE / nullif(p.known, 0)::DOUBLE END AS mean
    FROM (
        SELECT
            id, t, weeks, place, y,
            sum(y) OVER (PARTITION BY id ORDER BY t, weeks ROWS BETWEEN CURRENT ROW AND 51 FOLLOWING) AS sold,
            count(y) OVER (PARTITION BY id ORDER BY t, weeks ROWS BETWEEN CURRENT ROW AND 51 FOLLOWING) AS known
        FROM panel
    ) AS p
),

-- The base: one year, 2 x 52 centred; at the beginning over the first whole year.
based AS (
    SELECT
        y.id, y.t, y.place, y.y, y.mean,
        0.5 * (
            CASE WHEN y.t < 26 THEN y.head ELSE y.half END + CASE WHEN y.t < 25 THEN y.head ELSE y.next END
        ) AS base
    FROM (
        SELECT
            id, t, place, y, mean, first_value(mean) OVER (PARTITION BY id ORDER BY t, weeks) AS head,
            lag(mean, 26) OVER (PARTITION BY id ORDER BY t, weeks) AS half,
            lag(mean, 25) OVER (PARTITION BY id ORDER BY t, weeks) AS next
        FROM years
    ) AS y
),

-- Forecasts are made from the end of the history (n = 0) and, for their errors, from up to six earlier weeks.
origins AS (
    SELECT o.n, o.origin
    FROM (
        SELECT u.n, u.weeks - CASE WHEN u.n = 0 THEN 0 ELSE $horizon::INTEGER + 4 * (u.n - 1) END AS origin
        FROM (SELECT unnest(generate_series(0, 6)) AS n, weeks AS weeks FROM calendar_weeks WHERE t = 0) AS u
    ) AS o
    WHERE o.n = 0 OR o.origin > 52
),

-- When each place in the year came last before an origin, and when it comes next, in weeks from there.
turns AS (
    SELECT
        o.n, w.place, o.origin - 1 - max(CASE WHEN w.t < o.origin THEN w.t END) AS ago,
        min(CASE WHEN w.t >= o.origin THEN w.t END) - o.origin AS ahead
    FROM calendar_weeks AS w
    CROSS JOIN origins AS o
    GROUP BY o.n, o.origin, w.place
),

-- What each origin knew: the time before its last half year, that half year (over the last whole year), and what came.
known AS (
    SELECT
        b.id, o.n, b.place, count(CASE WHEN b.t < o.origin - 26 AND b.base > 0 THEN b.y END) AS years,
        sum(CASE WHEN b.t < o.origin - 26 AND b.base > 0 THEN b.y END) AS sold,
        sum(CASE WHEN b.t < o.origin - 26 AND b.base > 0 AND b.y IS NOT NULL THEN b.base END) AS expected,
        max(CASE WHEN b.t >= o.origin - 58 AND b.t < o.origin - 26 THEN b.y END) AS before,
        max(CASE WHEN b.t >= o.origin - 26 AND b.t < o.origin THEN b.y END) AS lately,
        max(CASE WHEN b.t >= o.origin THEN b.y END) AS came,
        max(CASE WHEN b.t = o.origin - 52 THEN b.mean END) AS mean
    FROM based AS b
    JOIN origins AS o ON b.t < o.origin + $horizon::INTEGER
    GROUP BY b.id, o.n, b.place
),

ended AS (
    SELECT
        k.id, k.n, k.place, k.base, k.lately, k.before, k.came,
        k.years + CASE WHEN k.base > 0 AND k.lately IS NOT NULL THEN 1 ELSE 0 END AS years,
        coalesce(k.sold, 0) + coalesce(CASE WHEN k.base > 0 THEN k.lately END, 0) AS sold,
        coalesce(k.expected, 0) + CASE WHEN k.base > 0 AND k.lately IS NOT NULL THEN k.base ELSE 0 END AS expected
    FROM (
        SELECT id, n, place, years, sold, expected, before, lately, came, max(mean) OVER (PARTITION BY id, n) AS base
        FROM known
    ) AS k
),

-- Own season of each series and that of its category: ratios of sums, a year of the group's beside the years seen.
pooled AS (
    SELECT
        k.id, k.n, k.ago, k.ahead, k.base, k.lately, k.before, k.came,
        (
            k.years * coalesce(k.sold::DOUBLE / nullif(k.expected, 0)::DOUBLE, 0)
            + k.all_sold::DOUBLE / nullif(k.all_expected, 0)::DOUBLE
        )::DOUBLE / nullif(k.years + 1, 0)::DOUBLE AS raw
    FROM (
        SELECT
            k.id, k.n, w.ago, w.ahead, k.base, k.lately, k.before, k.came, k.years, k.sold, k.expected,
            sum(k.sold) OVER (PARTITION BY s.category_no, k.n, k.place) AS all_sold,
            sum(k.expected) OVER (PARTITION BY s.category_no, k.n, k.place) AS all_expected
        FROM ended AS k
        JOIN turns AS w ON w.n = k.n AND w.place = k.place
        JOIN series AS s ON s.id = k.id
    ) AS k
),

-- To a mean of 1; and what the last 8 and 26 weeks sold over what the index makes of them.
summed AS (
    SELECT
        p.id, p.n, p.ahead, p.base, p.lately, p.before, p.came, p.raw,
        count(p.raw) OVER w::DOUBLE / nullif(sum(p.raw) OVER w, 0)::DOUBLE AS scale,
        count(CASE WHEN p.ahead < $horizon::INTEGER THEN p.raw END) OVER w = $horizon::INTEGER AS whole,
        sum(CASE WHEN p.ago < 8 AND p.raw IS NOT NULL THEN p.lately END) OVER w AS sold_8,
        sum(CASE WHEN p.ago < 8 AND p.lately IS NOT NULL THEN p.raw END) OVER w AS raw_8,
        count(CASE WHEN p.ago < 8 AND p.lately IS NOT NULL THEN p.raw END) OVER w AS known_8,
        sum(CASE WHEN p.raw IS NOT NULL THEN p.lately END) OVER w AS sold_26,
        sum(CASE WHEN p.lately IS NOT NULL THEN p.raw END) OVER w AS raw_26,
        count(CASE WHEN p.lately IS NOT NULL THEN p.raw END) OVER w AS known_26
    FROM pooled AS p
    WINDOW w AS (PARTITION BY p.id, p.n)
),

told AS (
    SELECT
        l.id, l.n, l.ahead, l.before, l.came,
        abs(CASE WHEN l.base > 0 THEN l.lately::DOUBLE / nullif(l.base, 0)::DOUBLE END - l.season) AS departure,
        CASE
            WHEN l.level_8 + l.level_26 > 0 AND (l.n > 0 OR l.whole) THEN 0.5 * (l.level_8 + l.level_26) * l.season
        END AS told
    FROM (
        SELECT
            v.id, v.n, v.ahead, v.base, v.lately, v.before, v.came, v.raw * v.scale AS season, v.whole,
            coalesce(v.level_8, v.level_26) AS level_8, coalesce(v.level_26, v.level_8) AS level_26
        FROM (
            SELECT
                id, n, ahead, base, lately, before, came, raw, scale, whole,
                CASE WHEN known_8 >= 4 AND raw_8 * scale > 0 THEN sold_8 END::DOUBLE
                / nullif(raw_8 * scale, 0)::DOUBLE AS level_8,
                CASE WHEN known_26 >= 13 AND raw_26 * scale > 0 THEN sold_26 END::DOUBLE
                / nullif(raw_26 * scale, 0)::DOUBLE AS level_26
            FROM summed
        ) AS v
    ) AS l
),

-- How far each series moves about its season: bins by quantiles, fewer with under 12 series a bin; unknown is the last.
binned AS (
    SELECT
        m.id,
        CASE
            WHEN m.move IS NULL THEN m.bins - 1
            ELSE CASE WHEN 1 < m.bins AND m.rank * m.bins > 1 * (m.seen - 1) THEN 1 ELSE 0 END
                + CASE WHEN 2 < m.bins AND m.rank * m.bins > 2 * (m.seen - 1) THEN 1 ELSE 0 END
                + CASE WHEN 3 < m.bins AND m.rank * m.bins > 3 * (m.seen - 1) THEN 1 ELSE 0 END
                + CASE WHEN 4 < m.bins AND m.rank * m.bins > 4 * (m.seen - 1) THEN 1 ELSE 0 END
        END AS bin
    FROM (
        SELECT
            t.id, t.move, rank() OVER (ORDER BY CASE WHEN t.move IS NULL THEN 1 ELSE 0 END, t.move) - 1 AS rank,
            count(t.move) OVER () AS seen,
            greatest(1, least(5, floor(count(*) OVER ()::DOUBLE / 12::DOUBLE)::INTEGER)) AS bins
        FROM (
            SELECT id, avg(departure) AS move FROM told WHERE n = 0 GROUP BY id
        ) AS t
    ) AS m
),

-- Accounts are the sum of the series that have a forecast, and have one bin.
items AS (
    SELECT
        s.item, t.n, t.ahead, CASE WHEN $by_sku::BOOLEAN THEN max(b.bin) ELSE 0 END AS bin, count(*) AS series,
        count(t.told) AS forecast, sum(CASE WHEN t.told IS NOT NULL THEN t.before END) AS before, sum(t.told) AS told,
        CASE
            WHEN count(CASE WHEN t.told IS NOT NULL THEN t.came END) = count(t.told)
                THEN sum(CASE WHEN t.told IS NOT NULL THEN t.came END)
        END AS came
    FROM told AS t
    JOIN series AS s ON s.id = t.id
    JOIN binned AS b ON b.id = t.id
    WHERE t.ahead < $horizon::INTEGER
      AND ($categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], s.category))
    GROUP BY s.item, t.n, t.ahead
),

courses AS (
    SELECT
        r.item, r.bin, r.n, r.ahead, r.series, r.forecast, r.before, r.told,
        CASE WHEN r.told > 0 THEN (r.came - r.told)::DOUBLE / nullif(r.told, 0)::DOUBLE END AS miss,
        CASE WHEN r.told_count = r.wanted THEN r.told_sum END AS total,
        CASE
            WHEN r.told_count = r.wanted AND r.came_count = r.wanted AND r.told_sum > 0
                THEN (r.came_sum - r.told_sum)::DOUBLE / nullif(r.told_sum, 0)::DOUBLE
        END AS total_miss
    FROM (
        SELECT
            i.item, i.bin, i.n, i.ahead, i.series, i.forecast, i.before, i.told, i.came,
            i.ahead - $first::INTEGER + 1 AS wanted,
            sum(CASE WHEN i.ahead >= $first::INTEGER THEN i.told END) OVER w AS told_sum,
            count(CASE WHEN i.ahead >= $first::INTEGER THEN i.told END) OVER w AS told_count,
            sum(CASE WHEN i.ahead >= $first::INTEGER THEN i.came END) OVER w AS came_sum,
            count(CASE WHEN i.ahead >= $first::INTEGER THEN i.came END) OVER w AS came_count
        FROM items AS i
        WINDOW w AS (PARTITION BY i.item, i.n ORDER BY i.ahead, i.n ROWS UNBOUNDED PRECEDING)
    ) AS r
),

-- Weibull's quantiles of the errors that were made as many weeks ahead, in rows of like volatility.
ranked AS (
    SELECT
        c.bin, c.ahead, c.miss, c.total_miss,
        row_number() OVER (
            PARTITION BY c.bin, c.ahead
            ORDER BY CASE WHEN c.miss IS NULL THEN 1 ELSE 0 END, c.miss, c.item, c.n
        ) - 1 AS rank,
        row_number() OVER (
            PARTITION BY c.bin, c.ahead
            ORDER BY CASE WHEN c.total_miss IS NULL THEN 1 ELSE 0 END, c.total_miss, c.item, c.n
        ) - 1 AS total_rank,
        greatest(count(c.miss) OVER (PARTITION BY c.bin, c.ahead) - 1, 0) AS last,
        greatest(count(c.total_miss) OVER (PARTITION BY c.bin, c.ahead) - 1, 0) AS total_last
    FROM courses AS c
    WHERE c.n > 0
),

spots AS (
    SELECT
        r.bin, r.ahead, r.miss, r.total_miss, r.rank, r.total_rank,
        greatest(0, least(r.last, 0.1::DOUBLE * (r.last + 2) - 1)) AS low,
        greatest(0, least(r.last, 0.9::DOUBLE * (r.last + 2) - 1)) AS high,
        greatest(0, least(r.total_last, 0.1::DOUBLE * (r.total_last + 2) - 1)) AS total_low,
        greatest(0, least(r.total_last, 0.9::DOUBLE * (r.total_last + 2) - 1)) AS total_high
    FROM ranked AS r
),

-- A quantile lies between two errors: each weighs by how near it is.
laws AS (
    SELECT
        p.bin, p.ahead, sum(p.miss * greatest(0, 1 - abs(p.rank - p.low))) AS low,
        sum(p.miss * greatest(0, 1 - abs(p.rank - p.high))) AS high,
        sum(p.total_miss * greatest(0, 1 - abs(p.total_rank - p.total_low))) AS total_low,
        sum(p.total_miss * greatest(0, 1 - abs(p.total_rank - p.total_high))) AS total_high
    FROM spots AS p
    GROUP BY p.bin, p.ahead
),

banded AS (
    SELECT
        c.item, c.ahead, c.series, c.forecast, c.before, c.told, c.total, c.told * (1 + l.low) AS low,
        c.told * (1 + l.high) AS high, c.total * (1 + l.total_low) AS total_low,
        c.total * (1 + l.total_high) AS total_high,
        count(c.told * l.low) OVER (PARTITION BY c.item) = $horizon::INTEGER AS whole
    FROM courses AS c
    LEFT JOIN laws AS l ON l.bin = c.bin AND l.ahead = c.ahead
    WHERE c.n = 0
)

SELECT
    s.account AS account, a.name AS name, a.name_en AS name_en, a.owner AS owner,
    CASE WHEN $by_sku::BOOLEAN THEN s.sku ELSE '' END AS sku,
    CASE WHEN $by_sku::BOOLEAN THEN p.name ELSE '' END AS sku_name,
    CASE WHEN $by_sku::BOOLEAN THEN p.name_en ELSE '' END AS sku_name_en,
    (w.since + w.weeks * INTERVAL 7 DAY + b.ahead * INTERVAL 7 DAY)::DATE AS week, w.weeks AS weeks,
    b.series AS series, b.forecast AS forecast, CASE WHEN b.whole THEN b.told END AS pcs,
    CASE WHEN b.whole THEN b.low END AS low, CASE WHEN b.whole THEN b.high END AS high,
    CASE WHEN b.whole THEN b.total END AS total, CASE WHEN b.whole THEN b.total_low END AS total_low,
    CASE WHEN b.whole THEN b.total_high END AS total_high, b.before AS before
FROM banded AS b
CROSS JOIN calendar_weeks AS w
JOIN series AS s ON s.id = b.item
JOIN account_dim AS a ON a.account = s.account
JOIN product_dim AS p ON p.sku = s.sku
WHERE w.t = 0
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY account, sku, week
