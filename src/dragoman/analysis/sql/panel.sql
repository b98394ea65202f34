-- Every unit and every period of the range, zeros included, with the codes others join on.
-- A mean of nothing and a share of no reports are null, never zero.
CREATE OR REPLACE TEMP VIEW panel AS
SELECT
    units.code_a, a.iso3 AS iso3_a, a.name AS name_a,
    a.cown AS cown_a, a.cowc AS cowc_a, a.gwn AS gwn_a,
    units.code_b, b.iso3 AS iso3_b, b.name AS name_b,
    b.cown AS cown_b, b.cowc AS cowc_b, b.gwn AS gwn_b,
    period AS date,
    CAST(year(period) AS INTEGER) AS year,
    CAST(month(period) AS INTEGER) AS month,
    CAST(day(period) AS INTEGER) AS day,
    CAST(isoyear(period) AS INTEGER) AS isoyear,
    CAST(weekofyear(period) AS INTEGER) AS isoweek,
    coalesce(events, 0) AS events,
    CAST(coalesce(accounts, 0) AS BIGINT) AS accounts,
    coalesce(domestic, 0) AS events_domestic,
    coalesce(n_verbal_cooperation, 0) AS n_verbal_cooperation,
    coalesce(n_material_cooperation, 0) AS n_material_cooperation,
    coalesce(n_verbal_conflict, 0) AS n_verbal_conflict,
    coalesce(n_material_conflict, 0) AS n_material_conflict,
    coalesce(n_agree, 0) AS n_agree,
    coalesce(n_consult, 0) AS n_consult,
    coalesce(n_support, 0) AS n_support,
    coalesce(n_concede, 0) AS n_concede,
    coalesce(n_cooperate, 0) AS n_cooperate,
    coalesce(n_aid, 0) AS n_aid,
    coalesce(n_retreat, 0) AS n_retreat,
    coalesce(n_request, 0) AS n_request,
    coalesce(n_accuse, 0) AS n_accuse,
    coalesce(n_reject, 0) AS n_reject,
    coalesce(n_threaten, 0) AS n_threaten,
    coalesce(n_protest, 0) AS n_protest,
    coalesce(n_sanction, 0) AS n_sanction,
    coalesce(n_mobilize, 0) AS n_mobilize,
    coalesce(n_coerce, 0) AS n_coerce,
    coalesce(n_assault, 0) AS n_assault,
    own,
    CAST(coalesce(scale_sum, 0) AS DOUBLE) AS scale_sum,
    CAST(scale_sum AS DOUBLE) / nullif(n_scale, 0) AS scale_mean,
    coalesce(n_goldstein, 0) AS n_goldstein,
    CAST(coalesce(goldstein_sum, 0) AS DOUBLE) AS goldstein_sum,
    CAST(goldstein_sum AS DOUBLE) / nullif(n_goldstein, 0) AS goldstein_mean,
    coalesce(reports_read, 0) AS reports_read,
    1000.0::DOUBLE * coalesce(events, 0) / nullif(reports_read, 0) AS events_per_1000_reports,
    1000.0::DOUBLE * coalesce(accounts, 0)::BIGINT / nullif(reports_read, 0)
        AS accounts_per_1000_reports
FROM units
CROSS JOIN periods
LEFT JOIN cells USING (code_a, code_b, period)
LEFT JOIN own_cells USING (code_a, code_b, period)
LEFT JOIN reading USING (period)
LEFT JOIN codes AS a ON a.code = units.code_a
LEFT JOIN codes AS b ON b.code = units.code_b
