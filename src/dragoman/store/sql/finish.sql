-- Note an input file of which every report is in the record.
INSERT INTO finished_files VALUES ($path, $label, $size, $modified, $asked, $rejects, $faulty)
