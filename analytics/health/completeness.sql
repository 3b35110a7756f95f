-- Which accounts are in the files of which months, by dataset; and what they usually sell.
-- Grain: dataset x account x month of the last twelve in which anybody is in the dataset's files; accounts that are in one of
-- them, others have left.
-- Units: named, moved true or false (moved: any figure but zero); months = months with rows, ever; usual = CNY a month,
-- mean of the last three whole months with figures of the chosen kind of sales.
-- Params: $as_of DATE, $flow VARCHAR, $accounts, $regions VARCHAR[] or NULL (all).
WITH named_months AS (
    SELECT
        s.flow AS dataset,
        s.account AS account,
        s.month AS month,
        max(CASE WHEN s.qty <> 0 OR s.amount <> 0 THEN 1 ELSE 0 END) AS moved
    FROM sales_month AS s
    WHERE s.month <= $as_of::DATE
    GROUP BY s.flow, s.account, s.month
    UNION ALL
    SELECT
        'stock' AS dataset,
        t.account AS account,
        t.month AS month,
        max(CASE WHEN t.on_hand <> 0 OR t.in_transit <> 0 THEN 1 ELSE 0 END) AS moved
    FROM stock_month AS t
    WHERE t.month <= $as_of::DATE
    GROUP BY t.account, t.month
    UNION ALL
    SELECT
        'orders' AS dataset,
        o.account AS account,
        date_trunc('month', o.ordered_on)::DATE AS month,
        max(CASE WHEN o.qty <> 0 OR o.amount <> 0 THEN 1 ELSE 0 END) AS moved
    FROM orders AS o
    WHERE o.ordered_on <= $as_of::DATE
    GROUP BY o.account, date_trunc('month', o.ordered_on)::DATE
),

spans AS (
    SELECT dataset, account, min(month) AS first_month, max(month) AS last_month, count(*) AS months
    FROM named_months
    GROUP BY dataset, account
),

came AS (
    SELECT dataset, month
    FROM named_months
    WHERE month >= (date_trunc('month', $as_of::DATE) - INTERVAL 11 MONTH)::DATE
    GROUP BY dataset, month
),

sold AS (
    SELECT account, month, sum(amount) AS month_amount
    FROM sales_month
    WHERE flow = $flow AND last_day(month) <= $as_of::DATE
    GROUP BY account, month
    HAVING sum(amount) IS NOT NULL
),

latest AS (
    SELECT account, month_amount, row_number() OVER (PARTITION BY account ORDER BY month DESC, account) AS turn FROM sold
),

usually AS (
    SELECT account, sum(month_amount)::DOUBLE / nullif(count(*), 0)::DOUBLE AS usual
    FROM latest
    WHERE turn <= 3
    GROUP BY account
)

SELECT
    s.dataset AS dataset,
    s.account AS account,
    coalesce(a.name, s.account) AS name,
    coalesce(a.name_en, s.account) AS name_en,
    coalesce(a.owner, '') AS owner,
    s.first_month AS first_month,
    s.last_month AS last_month,
    s.months AS months,
    u.usual AS usual,
    c.month AS month,
    n.moved IS NOT NULL AS named,
    coalesce(n.moved, 0) = 1 AS moved
FROM spans AS s
LEFT JOIN account_dim AS a ON a.account = s.account
LEFT JOIN usually AS u ON u.account = s.account
JOIN came AS c ON c.dataset = s.dataset
LEFT JOIN named_months AS n ON n.dataset = s.dataset AND n.account = s.account AND n.month = c.month
WHERE s.last_month >= (date_trunc('month', $as_of::DATE) - INTERVAL 11 MONTH)::DATE
  AND ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], s.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY dataset, account, month
