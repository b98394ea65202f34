-- The links among the affected accounts, by number.
SELECT x.number AS a, y.number AS b, points
FROM links JOIN affected x ON x.id = links.a JOIN affected y ON y.id = links.b
ORDER BY ALL
