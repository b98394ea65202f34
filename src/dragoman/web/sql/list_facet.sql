-- Values of a facet that stands in lists: how many events have each.
SELECT value, CAST(sum(events) AS BIGINT) AS events
FROM (
    SELECT unnest(:column) AS value, events
    FROM (SELECT :lists AS list, count(*) AS events FROM event WHERE :where GROUP BY list)
    JOIN :lists_lists ON id = list
)
GROUP BY value ORDER BY events DESC, value LIMIT ?
