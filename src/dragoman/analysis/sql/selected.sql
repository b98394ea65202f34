-- The events that pass the filters, with the distinct known countries of each side.
-- The countries are asked for before anything is unnested: that is what keeps one dyad fast.
-- Scores become decimals, so that a sum does not depend on the order of its parts.
CREATE OR REPLACE TEMP TABLE selected AS
SELECT
    id,
    event,
    quad_code,
    accounts,
    TRY_CAST(date AS DATE) AS first_day,
    date_diff('day', TRY_CAST(date AS DATE), TRY_CAST(coalesce(enddate, date) AS DATE)) + 1 AS days,
    coalesce(list_distinct(actor_code), []) AS sources,
    coalesce(list_distinct(recipient_code), []) AS targets,
    CAST(event_scale AS DECIMAL(18, 6)) AS scale,
    CAST(cameo_goldstein AS DECIMAL(18, 6)) AS goldstein
FROM events
WHERE (getvariable('aux') = 'all' OR coalesce(len(aux), 0) = 0)
    AND confidence >= getvariable('min_confidence')
    AND CASE
        WHEN getvariable('named') = 0 THEN true
        -- list_contains is several times as fast as list_has_any.
        WHEN getvariable('named') = 1
            THEN list_contains(actor_code, getvariable('first'))
            OR list_contains(recipient_code, getvariable('first'))
        WHEN getvariable('named') = 2 AND getvariable('both_sides')
            THEN (list_contains(actor_code, getvariable('first'))
                AND list_contains(recipient_code, getvariable('last')))
            OR (list_contains(actor_code, getvariable('last'))
                AND list_contains(recipient_code, getvariable('first')))
        WHEN getvariable('both_sides')
            THEN list_has_any(actor_code, CAST(getvariable('countries') AS VARCHAR[]))
            AND list_has_any(recipient_code, CAST(getvariable('countries') AS VARCHAR[]))
        ELSE list_has_any(actor_code, CAST(getvariable('countries') AS VARCHAR[]))
            OR list_has_any(recipient_code, CAST(getvariable('countries') AS VARCHAR[]))
    END
