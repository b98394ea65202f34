-- How many mentions an event has.
SELECT CAST(count(*) AS INTEGER) AS mentions FROM queue WHERE event = $event
