-- Reports read by period; of some outlets, or outlets of some countries, only, when some are given.
SELECT CAST(date_trunc($period, day) AS DATE) AS start, CAST(sum(reports) AS BIGINT) AS reports
FROM reading
WHERE day IS NOT NULL AND (len($outlets) = 0 OR list_contains($outlets, outlet))
    AND (len($press) = 0 OR list_contains($press, press))
GROUP BY start ORDER BY start
