-- First and last day that reports were published on, and that events are dated.
SELECT
    (SELECT min(TRY_CAST(published AS DATE)) FROM reports),
    (SELECT max(TRY_CAST(published AS DATE)) FROM reports),
    (SELECT min(first_day) FROM selected),
    (SELECT max(first_day) FROM selected)
