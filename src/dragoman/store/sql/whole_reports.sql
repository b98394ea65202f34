-- Some reports, whole.
SELECT reports.* FROM reports JOIN wanted USING (id) ORDER BY id
