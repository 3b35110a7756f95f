-- What we shipped in, against a year before: the barometer's component beside sales, breadth and cover.
-- Grain: account x month up to $as_of, where it was shipped to in the three months and in the same three a year before.
-- Units: current, before = CNY.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions, $categories VARCHAR[] or NULL (all).
-- January and February are one cell, as in `growth.sql`.
-- It counts only beside sell-out: with sell-in as the flow it would be the sales component once more.
WITH monthly AS (
    SELECT s.account, s.month, sum(s.amount) AS amount
    FROM sales_month AS s
    WHERE s.flow = 'sell_in'
      AND $flow = 'sell_out'
      AND s.month <= $as_of::DATE
      AND s.account IN (
          SELECT account FROM account_dim
          WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], account))
            AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], region))
      )
      AND s.sku IN (
          SELECT sku FROM product_dim
          WHERE $categories::VARCHAR[] IS NULL OR list_contains($categories::VARCHAR[], category)
      )
    GROUP BY s.account, s.month
),

ends AS (
    SELECT
        m.month,
        CASE WHEN m.pending THEN (date_trunc('year', m.month) - INTERVAL 3 MONTH)::DATE
            WHEN month(m.month) = 4 THEN date_trunc('year', m.month)::DATE
            ELSE (m.month - INTERVAL 2 MONTH)::DATE END AS since,
        CASE WHEN m.pending THEN (date_trunc('year', m.month) - INTERVAL 1 MONTH)::DATE ELSE m.month END AS until
    FROM (
        SELECT DISTINCT month, month(month) = 1 OR (month(month) = 2 AND last_day(month) > $as_of::DATE) AS pending
        FROM monthly
    ) AS m
),

shipped AS (
    SELECT e.month, s.account, sum(s.amount) AS amount
    FROM ends AS e
    JOIN monthly AS s ON s.month BETWEEN e.since AND e.until
    GROUP BY e.month, s.account
)

SELECT
    c.account AS account,
    c.month AS month,
    c.amount::DOUBLE AS current,
    p.amount::DOUBLE AS before
FROM shipped AS c
JOIN shipped AS p ON p.account = c.account AND p.month = (c.month - INTERVAL 12 MONTH)::DATE
WHERE p.amount > 0
ORDER BY month, account
