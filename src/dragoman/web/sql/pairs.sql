-- Directed pairs of countries: how many events, their mean score, and how many are conflict.
SELECT split_part(pair, '>', 1) AS source, split_part(pair, '>', 2) AS target,
    CAST(sum(events) AS BIGINT) AS events, sum(scale) / sum(events) AS scale, CAST(sum(conflict) AS BIGINT) AS conflict
FROM (
    SELECT unnest(pair) AS pair, events, scale, conflict
    FROM (
        SELECT sides, count(*) AS events, sum(CAST(scale AS DOUBLE)) AS scale, count(*) FILTER (quad > 2) AS conflict
        FROM :table WHERE :where GROUP BY sides
    )
    JOIN sides_lists ON id = sides
)
GROUP BY pair ORDER BY events DESC, source, target LIMIT ?
