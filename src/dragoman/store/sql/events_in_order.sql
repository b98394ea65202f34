-- Ids of all events in the order of exports.
SELECT id FROM events ORDER BY date NULLS LAST, id
