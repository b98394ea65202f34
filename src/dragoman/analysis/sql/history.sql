-- One unit's periods, in order.
SELECT date, events, accounts, n_verbal_cooperation, n_material_cooperation, n_verbal_conflict,
    n_material_conflict, scale_sum, scale_mean, reports_read, events_per_1000_reports
FROM panel
WHERE code_a = ? AND code_b = ?
ORDER BY date
