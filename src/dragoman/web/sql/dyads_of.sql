-- Pairs of countries of one event.
SELECT unnest(dyad) AS dyad FROM event JOIN sides_lists ON sides_lists.id = sides WHERE event.id = ? ORDER BY dyad
