-- One row an event and ordered pair (actor's country, recipient's country) of different countries.
CREATE OR REPLACE TEMP TABLE counted AS
WITH actors AS (SELECT *, unnest(sources) AS a FROM selected),
pairs AS (SELECT *, unnest(targets) AS b FROM actors)
SELECT id, event, quad_code, accounts, first_day, days, scale, goldstein,
    a AS code_a, b AS code_b, false AS domestic
FROM pairs
WHERE a <> b
    AND CASE
        WHEN len(CAST(getvariable('countries') AS VARCHAR[])) = 0 THEN true
        WHEN getvariable('both_sides')
            THEN list_contains(CAST(getvariable('countries') AS VARCHAR[]), a)
            AND list_contains(CAST(getvariable('countries') AS VARCHAR[]), b)
        ELSE list_contains(CAST(getvariable('countries') AS VARCHAR[]), a)
            OR list_contains(CAST(getvariable('countries') AS VARCHAR[]), b)
    END
