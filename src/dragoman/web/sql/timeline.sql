-- Events by period and quad class. The period is a word of date_trunc.
SELECT CAST(date_trunc(?, day) AS DATE) AS start, quad, count(*) AS events, sum(CAST(scale AS DOUBLE)) AS scale
FROM :table WHERE day IS NOT NULL AND :where GROUP BY start, quad ORDER BY start, quad
