SELECT :facet AS facet, CAST(:column AS VARCHAR) AS value, CAST(sum(events) AS BIGINT) AS events
FROM counted WHERE :column IS NOT NULL GROUP BY :column ORDER BY events DESC, value LIMIT :most
