-- Some events, as they stand in the record.
SELECT * FROM events WHERE id IN (SELECT unnest($events))
