-- One row an event and unordered pair of different countries, the first in the alphabet as a.
-- An event that has a pair in both directions is counted in the direction a to b alone.
CREATE OR REPLACE TEMP TABLE counted AS
WITH actors AS (SELECT *, unnest(sources) AS a FROM selected),
pairs AS (SELECT *, unnest(targets) AS b FROM actors)
SELECT id, event, quad_code, accounts, first_day, days, scale, goldstein,
    least(a, b) AS code_a, greatest(a, b) AS code_b, false AS domestic
FROM pairs
WHERE a <> b
    AND (a < b OR NOT (list_contains(sources, b) AND list_contains(targets, a)))
    AND CASE
        WHEN len(CAST(getvariable('countries') AS VARCHAR[])) = 0 THEN true
        WHEN getvariable('both_sides')
            THEN list_contains(CAST(getvariable('countries') AS VARCHAR[]), a)
            AND list_contains(CAST(getvariable('countries') AS VARCHAR[]), b)
        ELSE list_contains(CAST(getvariable('countries') AS VARCHAR[]), a)
            OR list_contains(CAST(getvariable('countries') AS VARCHAR[]), b)
    END
