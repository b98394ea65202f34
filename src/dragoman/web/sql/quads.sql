-- Events and the sum of their scores by quad class.
SELECT quad, count(*) AS events, sum(CAST(scale AS DOUBLE)) AS scale FROM event WHERE :where GROUP BY quad ORDER BY quad
