-- Which of some accounts there are.
SELECT id FROM accounts WHERE id IN (SELECT unnest($accounts))
