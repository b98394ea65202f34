-- Counts of the types that are not PLOVER's, by unit and period: a map of type to events.
CREATE OR REPLACE TEMP TABLE own_cells AS
WITH typed AS (
    SELECT code_a, code_b, CAST(date_trunc(getvariable('every'), first_day) AS DATE) AS period, unnest(event) AS type
    FROM counted
    WHERE first_day BETWEEN getvariable('since') AND getvariable('until')
        AND days <= getvariable('longest')
), tallied AS (
    SELECT code_a, code_b, period, type, count(*) AS events
    FROM typed
    WHERE NOT list_contains(getvariable('plover'), type)
    GROUP BY ALL
)
SELECT code_a, code_b, period, map(list(type ORDER BY type), list(events ORDER BY type)) AS own
FROM tallied
GROUP BY ALL
