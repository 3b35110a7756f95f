-- The register of trials: what each is to show by which rule, how far it is, and whether anything was decided on it.
-- Grain: trial. Units: accounts; days; target_uplift, go_at, stop_at ratios; target_rate pcs per store and week.
-- Params: $as_of DATE.
-- A decision is on a trial when its words name the trial's code or its whole title, taken from the start of the trial on;
-- the first of them counts. One taken since the data end counts where no later month of sell-out is loaded.
WITH newest AS (
    SELECT max(month) AS month
    FROM sales_month
    WHERE flow = 'sell_out'
),

scoped AS (
    SELECT
        trial AS trial,
        count(DISTINCT CASE WHEN pilot THEN account END) AS pilots_named,
        count(DISTINCT CASE WHEN NOT pilot THEN account END) AS controls
    FROM trial_scope
    GROUP BY trial
),

named AS (
    SELECT
        t.trial AS trial,
        d.decision AS decision,
        d.decided_on AS decided_on,
        row_number() OVER (PARTITION BY t.trial ORDER BY d.decided_on, d.decision) AS place
    FROM trials AS t
    JOIN decisions AS d ON d.decided_on >= t.starts_on
    CROSS JOIN newest AS w
    WHERE (d.decided_on <= $as_of::DATE OR w.month IS NULL OR w.month <= $as_of::DATE)
      AND (strpos(d.words, t.trial) > 0 OR strpos(d.words, t.title) > 0)
)

SELECT
    t.trial AS trial,
    coalesce(t.title, t.trial) AS title,
    t.sku AS sku,
    coalesce(p.sku_name, t.sku_name, t.sku) AS sku_name,
    coalesce(p.name_en, p.sku_name, t.sku_name, t.sku) AS sku_name_en,
    t.starts_on AS starts_on,
    t.ends_on AS ends_on,
    t.fixed_on AS fixed_on,
    coalesce(t.hypothesis, '') AS hypothesis,
    coalesce(t.stop_rule, '') AS stop_rule,
    t.target_uplift AS target_uplift,
    t.target_rate AS target_rate,
    t.go_at AS go_at,
    t.stop_at AS stop_at,
    coalesce(t.owner, '') AS owner,
    coalesce(s.pilots_named, 0) AS pilots_named,
    coalesce(s.controls, 0) AS controls,
    n.decision AS decision,
    n.decided_on AS decided_on
FROM trials AS t
LEFT JOIN products AS p ON p.sku = t.sku
LEFT JOIN scoped AS s ON s.trial = t.trial
LEFT JOIN named AS n ON n.trial = t.trial AND n.place = 1
ORDER BY starts_on DESC, trial
