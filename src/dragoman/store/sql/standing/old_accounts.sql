-- The accounts of a file of version 2 have the class and score of their event.
UPDATE accounts SET quad_code = events.quad_code, event_scale = events.event_scale
FROM events WHERE events.id = accounts.event
