-- Which of some ids are reports of the record.
SELECT id FROM reports WHERE id IN (SELECT unnest(?))
