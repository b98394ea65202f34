-- Events of the record.
SELECT count(*) FROM events
