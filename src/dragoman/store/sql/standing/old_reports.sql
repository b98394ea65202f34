-- Some reports of a file of version 1 that have events.
SELECT reports.* FROM reports JOIN (SELECT DISTINCT report FROM old_events WHERE number >= ? AND number < ?) told ON told.report = reports.id
