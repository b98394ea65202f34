-- Events of the panel's units that it does not count, by the first reason that applies.
SELECT
    count(DISTINCT id) FILTER (first_day IS NULL) AS undated,
    count(DISTINCT id) FILTER (days > getvariable('longest')) AS coarse,
    count(DISTINCT id) FILTER (days <= getvariable('longest') AND first_day < getvariable('since'))
        AS before,
    count(DISTINCT id) FILTER (days <= getvariable('longest') AND first_day > getvariable('until'))
        AS after,
    count(DISTINCT id) FILTER (
        days <= getvariable('longest')
        AND first_day BETWEEN getvariable('since') AND getvariable('until')
    ) AS kept
FROM counted
