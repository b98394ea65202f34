-- Pairs of countries of one event.
SELECT unnest(dyad) AS dyad FROM event JOIN sides_lists ON sides_lists.id = sides WHERE n = (SELECT n FROM ids WHERE ids.id = ?) ORDER BY dyad
