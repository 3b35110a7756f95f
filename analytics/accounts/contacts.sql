-- What is open with an account and what lately happened there: promises, visits, complaints, events.
-- Grain: entry.
-- Units: day when it was made, took place or is to; due the day by which it is owed, NULL where none; open true or false.
-- Params: $as_of DATE, $accounts, $regions VARCHAR[] or NULL (all).
-- Promises that are open, and those closed in the last 90 days; visits and complaints of twelve months and visits to come;
-- events from 90 days before to 90 days after.
WITH entries AS (
    SELECT
        'promises' AS kind, p.promise AS code, p.account AS account, p.made_on AS day, p.due_on AS due,
        p.words AS words, coalesce(p.owner, '') AS who, p.closed_on IS NULL OR p.closed_on > $as_of::DATE AS open
    FROM promises AS p
    WHERE p.made_on <= $as_of::DATE
      AND (p.closed_on IS NULL OR p.closed_on > ($as_of::DATE - INTERVAL 90 DAY)::DATE)
    UNION ALL
    SELECT
        'visits' AS kind, v.visit AS code, v.account AS account, v.visited_on AS day, CAST(NULL AS DATE) AS due,
        coalesce(v.summary, v.purpose, '') AS words, v.visitor AS who, v.visited_on > $as_of::DATE AS open
    FROM visits AS v
    WHERE v.visited_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
      AND v.visited_on <= ($as_of::DATE + INTERVAL 90 DAY)::DATE
      AND (v.visited_on > $as_of::DATE OR v.done IS NULL OR v.done)
    UNION ALL
    SELECT
        'complaints' AS kind, c.complaint AS code, c.account AS account, c.raised_on AS day, CAST(NULL AS DATE) AS due,
        coalesce(c.words, c.theme) AS words, coalesce(c.rep, '') AS who,
        c.closed_on IS NULL OR c.closed_on > $as_of::DATE AS open
    FROM complaints AS c
    WHERE c.raised_on <= $as_of::DATE AND c.raised_on > ($as_of::DATE - INTERVAL 12 MONTH)::DATE
    UNION ALL
    SELECT
        'events' AS kind, e.event AS code, e.account AS account, e.starts_on AS day, e.due_on AS due,
        coalesce(e.title, e.kind, '') AS words, coalesce(e.owner, '') AS who, e.starts_on > $as_of::DATE AS open
    FROM events AS e
    WHERE e.starts_on > ($as_of::DATE - INTERVAL 90 DAY)::DATE
      AND e.starts_on <= ($as_of::DATE + INTERVAL 90 DAY)::DATE
)

SELECT
    n.kind AS kind,
    n.code AS code,
    n.account AS account,
    coalesce(a.account_name, n.account) AS name,
    coalesce(a.name_en, a.account_name, n.account) AS name_en,
    n.day AS day,
    n.due AS due,
    n.words AS words,
    n.who AS who,
    n.open AS open,
    n.open AND n.kind <> 'events' AND coalesce(n.due < $as_of::DATE, false) AS overdue
FROM entries AS n
LEFT JOIN accounts AS a ON a.account = n.account
WHERE ($accounts::VARCHAR[] IS NULL OR list_contains($accounts::VARCHAR[], n.account))
  AND ($regions::VARCHAR[] IS NULL OR list_contains($regions::VARCHAR[], a.region))
ORDER BY kind, open DESC, day DESC, code
