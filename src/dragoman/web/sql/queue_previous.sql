-- The mention before one of a queue.
SELECT * FROM queue
WHERE place < $place AND ($type IS NULL OR type = $type) AND ($event IS NULL OR event = $event)
ORDER BY place DESC LIMIT 1
