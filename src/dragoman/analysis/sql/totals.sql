-- Each unit over the whole range, the busiest first, with its events period by period.
SELECT
    code_a, any_value(name_a) AS name_a, code_b, any_value(name_b) AS name_b,
    CAST(sum(events) AS BIGINT) AS events,
    CAST(sum(accounts) AS BIGINT) AS accounts,
    CAST(sum(n_verbal_cooperation) AS BIGINT) AS n_verbal_cooperation,
    CAST(sum(n_material_cooperation) AS BIGINT) AS n_material_cooperation,
    CAST(sum(n_verbal_conflict) AS BIGINT) AS n_verbal_conflict,
    CAST(sum(n_material_conflict) AS BIGINT) AS n_material_conflict,
    CAST(sum(CAST(scale_sum AS DECIMAL(18, 6))) AS DOUBLE) / nullif(sum(events), 0) AS scale_mean,
    1000.0::DOUBLE * sum(events) / nullif(sum(reports_read), 0) AS events_per_1000_reports,
    list(events_per_1000_reports ORDER BY date) AS shape
FROM panel
GROUP BY code_a, code_b
ORDER BY events DESC, code_a, code_b
LIMIT ?
