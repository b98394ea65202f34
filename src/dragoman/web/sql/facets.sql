-- Values of facets among some events, counted in one pass: by list, then by what is in the lists.
WITH counted AS MATERIALIZED (
    SELECT :keys, count(*) AS events FROM :table WHERE :where GROUP BY GROUPING SETS (:sets)
)
SELECT facet, CAST(value AS VARCHAR) AS value, events FROM (:parts)
ORDER BY facet, events DESC, value
