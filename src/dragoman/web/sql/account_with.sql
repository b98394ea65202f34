-- The account of an event that a mention is in.
SELECT id FROM accounts WHERE event = $event AND list_contains(mentions, $mention)
