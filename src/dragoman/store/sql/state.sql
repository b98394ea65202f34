-- How much a record holds, and what of it is unfinished.
SELECT
    (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM mentions) AS mentions,
    (SELECT count(*) FROM accounts) AS accounts, (SELECT count(*) FROM events) AS events,
    (SELECT count(*) FROM accounts WHERE NOT joined) AS unjoined, (SELECT count(*) FROM runs) AS runs,
    (SELECT count(*) FROM runs WHERE finished IS NULL) AS unfinished
