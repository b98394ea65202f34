-- Places of events: where, how many, how good or bad on average, how many of them conflict.
SELECT lat, lon, min(place_name) AS place, min(country_code) AS country, CAST(sum(events) AS BIGINT) AS events,
    sum(scale) / sum(events) AS scale, CAST(sum(conflict) AS BIGINT) AS conflict
FROM (
    SELECT spots, count(*) AS events, sum(CAST(scale AS DOUBLE)) AS scale, count(*) FILTER (quad > 2) AS conflict
    FROM :table WHERE placed AND :where GROUP BY spots
)
JOIN spots_lists ON id = spots
GROUP BY lat, lon ORDER BY events DESC, lat, lon LIMIT ?
