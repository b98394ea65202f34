-- Some mentions, in the order of the queue.
SELECT * FROM queue WHERE mention IN (SELECT unnest($mentions)) ORDER BY place
