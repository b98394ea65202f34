-- Every period of the range, by its first day; weeks begin on Monday.
CREATE OR REPLACE TEMP TABLE periods AS
SELECT CAST(p AS DATE) AS period
FROM generate_series(
    CAST(getvariable('since') AS TIMESTAMP),
    CAST(getvariable('until') AS TIMESTAMP),
    CAST('1 ' || getvariable('every') AS INTERVAL)
) AS series (p)
