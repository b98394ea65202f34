-- The types of accounts that tell of deeds.
SELECT DISTINCT type FROM accounts WHERE quad_code IN (2, 4)
