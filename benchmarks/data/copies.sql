-- Copies of every report of a record under other ids and shifted by some days. Variables: copies, days, stride.
CREATE TEMP TABLE copy AS SELECT i AS k, '#' || i AS mark, CAST((i * getvariable('stride')) % getvariable('days') AS INTEGER) AS shift
FROM range(1, getvariable('copies') + 1) t(i);
CREATE MACRO moved(d, n) AS CASE WHEN d IS NULL THEN NULL ELSE CAST(CAST(d AS DATE) + CAST(n AS INTEGER) AS VARCHAR) END;
CREATE MACRO renamed(id, mark) AS substr(sha256(id || mark), 1, 16);
INSERT INTO reports
SELECT reports.* REPLACE (reports.id || mark AS id, moved(published, shift) AS published) FROM reports, copy WHERE NOT contains(reports.id, '#');
INSERT INTO mentions
SELECT mentions.* REPLACE (id || mark AS id, report || mark AS report, moved(date, shift) AS date, moved(enddate, shift) AS enddate,
    moved(date_info_anchor, shift) AS date_info_anchor) FROM mentions, copy WHERE NOT contains(report, '#');
INSERT INTO entities
SELECT entities.* REPLACE (mention || mark AS mention, report || mark AS report) FROM entities, copy WHERE NOT contains(report, '#');
INSERT INTO accounts
SELECT accounts.* REPLACE (renamed(id, mark) AS id, report || mark AS report, renamed(id, mark) AS event,
    list_transform(mentions, lambda m: m || mark) AS mentions, moved(first_day, shift) AS first_day, moved(last_day, shift) AS last_day)
FROM accounts, copy WHERE NOT contains(report, '#');
INSERT INTO events
SELECT events.* REPLACE (renamed(id, mark) AS id, moved(date, shift) AS date, moved(enddate, shift) AS enddate,
    moved(first_published, shift) AS first_published, moved(last_published, shift) AS last_published)
FROM events, copy;
DROP TABLE copy
