-- Some events, whole.
SELECT events.* FROM events JOIN wanted USING (id) ORDER BY events.date NULLS LAST, events.id
