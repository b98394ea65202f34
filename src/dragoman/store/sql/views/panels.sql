-- Views for people: a stable interface, described in docs/analysis.md.
-- They count plain events (no auxiliary mode) with at least one known country.

-- One row a day on which reports were published.
CREATE OR REPLACE VIEW reports_read AS
SELECT TRY_CAST(published AS DATE) AS date, count(*) AS reports, count(DISTINCT outlet) AS outlets
FROM reports
WHERE TRY_CAST(published AS DATE) IS NOT NULL
GROUP BY ALL;

-- One row a day, source and target with at least one event dated to that very day.
CREATE OR REPLACE VIEW dyad_days AS
WITH exact AS (
    SELECT CAST(date AS DATE) AS day, accounts, quad_code,
        CAST(event_scale AS DECIMAL(18, 6)) AS scale,
        CAST(cameo_goldstein AS DECIMAL(18, 6)) AS goldstein,
        CASE len(recipient_code) WHEN 1 THEN recipient_code ELSE list_distinct(recipient_code) END
            AS targets,
        unnest(CASE len(actor_code) WHEN 1 THEN actor_code ELSE list_distinct(actor_code) END)
            AS source
    FROM events
    WHERE date IS NOT NULL AND coalesce(enddate, date) = date AND coalesce(len(aux), 0) = 0
),
pairs AS (SELECT *, unnest(targets) AS target FROM exact),
days AS (
    SELECT day, source, target,
        count(*) AS events,
        CAST(sum(accounts) AS BIGINT) AS accounts,
        count(*) FILTER (quad_code = 1) AS verbal_cooperation,
        count(*) FILTER (quad_code = 2) AS material_cooperation,
        count(*) FILTER (quad_code = 3) AS verbal_conflict,
        count(*) FILTER (quad_code = 4) AS material_conflict,
        CAST(sum(scale) AS DOUBLE) AS scale_sum,
        CAST(sum(goldstein) AS DOUBLE) AS goldstein_sum
    FROM pairs
    WHERE source IS NOT NULL AND target IS NOT NULL
    GROUP BY ALL
)
SELECT days.day AS date, days.* EXCLUDE (day), coalesce(reports, 0) AS reports_read
FROM days LEFT JOIN reports_read ON reports_read.date = days.day;

-- One row a month and country with at least one event on whatever side.
CREATE OR REPLACE VIEW country_months AS
WITH sides AS (
    SELECT CAST(date_trunc('month', CAST(date AS DATE)) AS DATE) AS month, accounts, quad_code,
        CAST(event_scale AS DECIMAL(18, 6)) AS scale,
        CAST(cameo_goldstein AS DECIMAL(18, 6)) AS goldstein,
        unnest(list_distinct(list_concat(actor_code, recipient_code))) AS country
    FROM events
    WHERE date IS NOT NULL AND coalesce(len(aux), 0) = 0
        AND date_diff('day', CAST(date AS DATE), CAST(coalesce(enddate, date) AS DATE)) < 31
),
months AS (
    SELECT month, country,
        count(*) AS events,
        CAST(sum(accounts) AS BIGINT) AS accounts,
        count(*) FILTER (quad_code = 1) AS verbal_cooperation,
        count(*) FILTER (quad_code = 2) AS material_cooperation,
        count(*) FILTER (quad_code = 3) AS verbal_conflict,
        count(*) FILTER (quad_code = 4) AS material_conflict,
        CAST(sum(scale) AS DOUBLE) AS scale_sum,
        CAST(sum(goldstein) AS DOUBLE) AS goldstein_sum
    FROM sides
    GROUP BY ALL
),
reading AS (
    SELECT CAST(date_trunc('month', date) AS DATE) AS month, CAST(sum(reports) AS BIGINT) AS reports
    FROM reports_read GROUP BY ALL
)
SELECT months.*, coalesce(reports, 0) AS reports_read
FROM months LEFT JOIN reading USING (month);

-- Every event between two countries, whoever acted, from the first day on:
-- SELECT * FROM timeline('IRN', 'RUS'). The countries are looked for before anything is unnested.
CREATE OR REPLACE MACRO timeline(one, other) AS TABLE
SELECT CAST(date AS DATE) AS date, CAST(enddate AS DATE) AS enddate, id, event, mode, context,
    actor_code, recipient_code, quad_code, event_scale, cameo_code, cameo_goldstein,
    event_loc_country_code, aux, accounts, confidence
FROM events
WHERE (list_contains(actor_code, one) AND list_contains(recipient_code, other))
    OR (list_contains(actor_code, other) AND list_contains(recipient_code, one))
ORDER BY events.date, id;
