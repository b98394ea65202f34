-- First and last day that reports were published on.
SELECT min(TRY_CAST(published AS DATE)), max(TRY_CAST(published AS DATE)) FROM reports
