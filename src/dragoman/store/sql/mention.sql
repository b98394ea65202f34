-- One mention.
SELECT * FROM mentions WHERE id = ?
