-- The events that were in the record before this run and are touched, in short.
CREATE OR REPLACE TEMP TABLE before AS SELECT short.* FROM short JOIN touched USING (id)
