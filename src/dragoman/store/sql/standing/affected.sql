-- Accounts whose event may change: the new ones and all that hang together with them, numbered in the record's order.
CREATE OR REPLACE TEMP TABLE affected AS
WITH RECURSIVE edges AS (SELECT a AS here, b AS there FROM links UNION ALL SELECT b, a FROM links),
reached(id) AS (
    SELECT id FROM accounts WHERE NOT joined
    UNION
    SELECT edges.there FROM reached JOIN edges ON edges.here = reached.id
)
SELECT accounts.id, accounts.event AS was_in,
    CAST(row_number() OVER (ORDER BY coalesce(reports.published, '9999'), reports.id, accounts.id) AS INTEGER) AS number
FROM reached JOIN accounts USING (id) JOIN reports ON reports.id = accounts.report
