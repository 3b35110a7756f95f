-- The feedback cards of a trial as they came in.
-- Grain: card. Units: score points of 5; week 1 is the trial's first seven days.
-- Params: $as_of DATE, $trial VARCHAR ('' the one that began last).
WITH begun AS (
    SELECT trial, starts_on, row_number() OVER (ORDER BY starts_on DESC, trial) AS place
    FROM trials
    WHERE starts_on <= $as_of::DATE AND ($trial::VARCHAR = '' OR trial = $trial::VARCHAR)
)

SELECT
    f.card AS card,
    f.account AS account,
    coalesce(a.account_name, f.account_name, f.account) AS name,
    coalesce(a.name_en, a.account_name, f.account_name, f.account) AS name_en,
    coalesce(f.role, '') AS role,
    coalesce(f.theme, '') AS theme,
    f.score AS score,
    coalesce(f.words, '') AS words,
    f.given_on AS given_on,
    b.starts_on AS starts_on
FROM begun AS b
JOIN feedback AS f ON f.trial = b.trial
LEFT JOIN accounts AS a ON a.account = f.account
WHERE b.place = 1 AND f.given_on <= $as_of::DATE
ORDER BY given_on DESC, card
