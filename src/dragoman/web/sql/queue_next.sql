-- The next mention of a queue that is not to be passed over.
SELECT * FROM queue
WHERE place > $place AND ($type IS NULL OR type = $type) AND ($event IS NULL OR event = $event)
    AND mention NOT IN (SELECT unnest($passed))
ORDER BY place LIMIT 1
