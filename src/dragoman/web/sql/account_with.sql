-- The account that a mention is in.
SELECT id, event, manifest FROM accounts WHERE report = $report AND list_contains(mentions, $mention)
