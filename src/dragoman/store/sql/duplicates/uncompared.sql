-- Pairs that have not been compared yet, numbered: those with the same earlier report one after the other.
CREATE OR REPLACE TEMP TABLE uncompared AS
SELECT report, earlier, row_number() OVER (ORDER BY number) - 1 AS number
FROM candidates ANTI JOIN likeness USING (report, earlier)
