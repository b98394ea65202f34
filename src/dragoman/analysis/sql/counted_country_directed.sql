-- One row an event and country among its actors.
CREATE OR REPLACE TEMP TABLE counted AS
WITH actors AS (SELECT *, unnest(sources) AS a FROM selected)
SELECT id, event, quad_code, accounts, first_day, days, scale, goldstein,
    a AS code_a, '' AS code_b, list_contains(targets, a) AS domestic
FROM actors
WHERE len(CAST(getvariable('countries') AS VARCHAR[])) = 0
    OR list_contains(CAST(getvariable('countries') AS VARCHAR[]), a)
