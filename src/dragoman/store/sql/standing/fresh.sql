-- Accounts that are compared for the first time.
CREATE OR REPLACE TEMP TABLE fresh AS SELECT id FROM accounts WHERE NOT joined
