-- The mentions of an event.
SELECT mentions.* FROM mentions
WHERE id IN (SELECT unnest(mentions) FROM accounts WHERE event = ?)
