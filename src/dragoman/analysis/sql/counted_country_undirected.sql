-- One row an event and country that takes part in it, on whatever side.
CREATE OR REPLACE TEMP TABLE counted AS
WITH sides AS (
    SELECT *, unnest(list_distinct(list_concat(sources, targets))) AS a FROM selected
)
SELECT id, event, quad_code, accounts, first_day, days, scale, goldstein,
    a AS code_a, '' AS code_b,
    list_contains(sources, a) AND list_contains(targets, a) AS domestic
FROM sides
WHERE len(CAST(getvariable('countries') AS VARCHAR[])) = 0
    OR list_contains(CAST(getvariable('countries') AS VARCHAR[]), a)
