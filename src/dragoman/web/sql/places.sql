-- Places of events: where, how many, how good or bad on average, how many of each class.
SELECT lat, lon, min(place) AS place, min(country) AS country, count(*) AS events, avg(CAST(scale AS DOUBLE)) AS scale,
    count(*) FILTER (quad > 2) AS conflict
FROM event WHERE lat IS NOT NULL AND lon IS NOT NULL AND :where
GROUP BY lat, lon ORDER BY events DESC, lat, lon LIMIT ?
