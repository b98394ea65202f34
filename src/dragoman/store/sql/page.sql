-- The next events in the order of date and id; those without a date come last.
SELECT * FROM events
WHERE id IN (
    SELECT id FROM events
    WHERE (coalesce(date, '~'), id) > ($day, $id)
    ORDER BY coalesce(date, '~'), id
    LIMIT $size
)
ORDER BY coalesce(date, '~'), id
