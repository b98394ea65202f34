-- What read a mention.
SELECT manifest FROM accounts WHERE report = $report AND list_contains(mentions, $mention)
