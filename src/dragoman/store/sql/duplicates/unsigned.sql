-- Reports without a signature, numbered.
CREATE OR REPLACE TEMP TABLE unsigned AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM reports ANTI JOIN signatures ON signatures.report = reports.id
