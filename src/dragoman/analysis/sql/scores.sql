-- The score of every event of one unit, by the period it is counted in.
SELECT CAST(date_trunc(getvariable('every'), first_day) AS DATE) AS period, CAST(scale AS DOUBLE)
FROM counted
WHERE code_a = ? AND code_b = ? AND days <= getvariable('longest') AND scale IS NOT NULL
    AND first_day BETWEEN getvariable('since') AND getvariable('until')
ORDER BY ALL
