-- The events of some reports of a file of version 1.
SELECT * FROM old_events WHERE number >= ? AND number < ? ORDER BY number, id
