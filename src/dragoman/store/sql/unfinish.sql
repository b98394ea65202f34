-- Forget what was noted of an input file.
DELETE FROM finished_files WHERE path = ?
