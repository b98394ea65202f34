-- Columns of the tables a panel is counted from.
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'main' AND table_name IN ('reports', 'events')
