-- One report, whole.
SELECT * FROM reports WHERE id = ?
