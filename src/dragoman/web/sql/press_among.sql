-- Countries of the outlets that tell of some events, and how many events each.
SELECT press, CAST(sum(events) AS BIGINT) AS events
FROM (
    SELECT unnest(press) AS press, events
    FROM (SELECT outlets, count(*) AS events FROM event WHERE :where GROUP BY outlets) JOIN outlets_lists ON id = outlets
)
GROUP BY press ORDER BY events DESC, press
