-- Values of a facet that is a column of the events.
SELECT :column AS value, count(*) AS events FROM event WHERE :where AND :column IS NOT NULL
GROUP BY value ORDER BY events DESC, value LIMIT ?
