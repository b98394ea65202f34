-- How many mentions there are of each type.
SELECT type, CAST(count(*) AS INTEGER) AS mentions FROM queue GROUP BY type ORDER BY mentions DESC, type
