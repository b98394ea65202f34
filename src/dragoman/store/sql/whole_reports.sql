-- Some reports, whole.
SELECT * FROM reports WHERE id IN (SELECT unnest($ids)) ORDER BY id
