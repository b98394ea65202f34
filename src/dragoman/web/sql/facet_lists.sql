SELECT :facet AS facet, CAST(value AS VARCHAR) AS value, CAST(sum(events) AS BIGINT) AS events
FROM (SELECT unnest(:listed.:column) AS value, events FROM counted JOIN :listed ON id = counted.:lists)
WHERE value IS NOT NULL GROUP BY value ORDER BY events DESC, value LIMIT :most
