-- Reports read in each period, by the day they were published.
CREATE OR REPLACE TEMP TABLE reading AS
SELECT CAST(date_trunc(getvariable('every'), published) AS DATE) AS period, count(*) AS reports_read
FROM (SELECT TRY_CAST(published AS DATE) AS published FROM reports) AS days
WHERE published BETWEEN getvariable('since') AND getvariable('until')
GROUP BY period
