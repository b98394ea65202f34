-- The units of the panel: every one with a dated event in the record, and those asked for by name.
CREATE OR REPLACE TEMP TABLE units AS
SELECT code_a, code_b FROM counted WHERE first_day IS NOT NULL
UNION
SELECT code_a, code_b FROM named
