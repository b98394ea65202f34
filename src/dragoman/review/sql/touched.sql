-- The events that some mentions or accounts belong to.
SELECT DISTINCT event FROM accounts
WHERE id IN (SELECT unnest($accounts))
    OR (report IN (SELECT unnest($reports)) AND list_has_any(mentions, $mentions))
