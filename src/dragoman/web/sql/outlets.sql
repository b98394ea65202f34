-- Outlets that tell of some events: how many, and how they look.
SELECT outlet, CAST(sum(events) AS BIGINT) AS events, CAST(sum(conflict) AS BIGINT) AS conflict, sum(scale) / sum(events) AS scale
FROM (
    SELECT unnest(outlet) AS outlet, events, conflict, scale
    FROM (
        SELECT outlets, count(*) AS events, count(*) FILTER (quad > 2) AS conflict, sum(CAST(scale AS DOUBLE)) AS scale
        FROM event WHERE :where GROUP BY outlets
    )
    JOIN outlets_lists ON id = outlets
)
GROUP BY outlet ORDER BY events DESC, outlet LIMIT ?
