-- Events by what review says of them; those that nobody has judged are not among them.
SELECT label AS value, CAST(count(*) AS BIGINT) AS events
FROM event JOIN memory.judged USING (n) WHERE :where GROUP BY label ORDER BY events DESC, label
