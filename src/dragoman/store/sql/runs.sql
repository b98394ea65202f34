-- Every run that wrote into the record.
SELECT runs.run, command, started, finished, inputs, settings, manifest, counts,
    (SELECT count(*) FROM run_reports WHERE run_reports.run = runs.run) AS reports
FROM runs ORDER BY run
