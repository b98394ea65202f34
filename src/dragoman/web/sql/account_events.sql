-- Events of some accounts.
SELECT DISTINCT event FROM accounts WHERE id IN (SELECT unnest($accounts))
