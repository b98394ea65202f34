-- The events of one selection, for a page that counts them in many ways. It lives as long as the cursor.
CREATE TEMP TABLE hits AS
SELECT n, day, last, what, sides, names, outlets, sources, aux, plain, quad, scale, spots, placed, accounts
FROM event WHERE :where
