-- One event.
SELECT * FROM events WHERE id = ?
