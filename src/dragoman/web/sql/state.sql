-- What the record is as a whole.
SELECT
    (SELECT count(*) FROM event) AS events,
    (SELECT coalesce(sum(reports), 0) FROM reading) AS reports,
    (SELECT min(day) FROM reading) AS first, (SELECT max(day) FROM reading) AS last,
    (SELECT coalesce(max(run), 0) FROM run) AS runs,
    (SELECT arg_max(manifest, run) FROM run) AS manifest
