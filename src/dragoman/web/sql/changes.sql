-- Events and conflict by pair and period, of the busiest pairs of a stretch of days.
-- Values: period, then those of the condition, the stretch, and how many pairs.
WITH chosen AS (
    SELECT CAST(date_trunc(?, day) AS DATE) AS start, sides, quad FROM event
    WHERE day IS NOT NULL AND :where AND day BETWEEN ? AND ?
),
counted AS (
    SELECT start, sides, count(*) AS events, count(*) FILTER (quad > 2) AS conflict FROM chosen GROUP BY start, sides
),
paired AS (
    SELECT unnest(dyad) AS dyad, start, events, conflict FROM counted JOIN sides_lists ON id = sides
),
busiest AS (SELECT dyad, sum(events) AS total FROM paired GROUP BY dyad ORDER BY total DESC, dyad LIMIT ?)
SELECT dyad, start, CAST(sum(events) AS BIGINT) AS events, CAST(sum(conflict) AS BIGINT) AS conflict
FROM paired JOIN busiest USING (dyad) GROUP BY dyad, start, total ORDER BY total DESC, dyad, start
