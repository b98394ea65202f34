-- Events that may be the same as one: of a type and a party in common, within some days.
WITH mine AS (
    SELECT event.id, day, type, party FROM event JOIN what_lists ON what_lists.id = what JOIN sides_lists ON sides_lists.id = sides
    WHERE event.id = $event
)
SELECT event.id FROM event JOIN what_lists ON what_lists.id = what JOIN sides_lists ON sides_lists.id = sides, mine
WHERE event.id <> mine.id AND abs(date_diff('day', event.day, mine.day)) <= $days
    AND list_has_any(what_lists.type, mine.type) AND list_has_any(sides_lists.party, mine.party)
ORDER BY abs(date_diff('day', event.day, mine.day)), accounts DESC, event.n LIMIT $most
