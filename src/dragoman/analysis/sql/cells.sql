-- Counts and sums of each unit and period that has an event.
CREATE OR REPLACE TEMP TABLE cells AS
SELECT
    code_a,
    code_b,
    CAST(date_trunc(getvariable('every'), first_day) AS DATE) AS period,
    count(*) AS events,
    sum(accounts) AS accounts,
    count(*) FILTER (domestic) AS domestic,
    count(*) FILTER (quad_code = 1) AS n_verbal_cooperation,
    count(*) FILTER (quad_code = 2) AS n_material_cooperation,
    count(*) FILTER (quad_code = 3) AS n_verbal_conflict,
    count(*) FILTER (quad_code = 4) AS n_material_conflict,
    count(*) FILTER (list_contains(event, 'AGREE')) AS n_agree,
    count(*) FILTER (list_contains(event, 'CONSULT')) AS n_consult,
    count(*) FILTER (list_contains(event, 'SUPPORT')) AS n_support,
    count(*) FILTER (list_contains(event, 'CONCEDE')) AS n_concede,
    count(*) FILTER (list_contains(event, 'COOPERATE')) AS n_cooperate,
    count(*) FILTER (list_contains(event, 'AID')) AS n_aid,
    count(*) FILTER (list_contains(event, 'RETREAT')) AS n_retreat,
    count(*) FILTER (list_contains(event, 'REQUEST')) AS n_request,
    count(*) FILTER (list_contains(event, 'ACCUSE')) AS n_accuse,
    count(*) FILTER (list_contains(event, 'REJECT')) AS n_reject,
    count(*) FILTER (list_contains(event, 'THREATEN')) AS n_threaten,
    count(*) FILTER (list_contains(event, 'PROTEST')) AS n_protest,
    count(*) FILTER (list_contains(event, 'SANCTION')) AS n_sanction,
    count(*) FILTER (list_contains(event, 'MOBILIZE')) AS n_mobilize,
    count(*) FILTER (list_contains(event, 'COERCE')) AS n_coerce,
    count(*) FILTER (list_contains(event, 'ASSAULT')) AS n_assault,
    count(scale) AS n_scale,
    sum(scale) AS scale_sum,
    count(goldstein) AS n_goldstein,
    sum(goldstein) AS goldstein_sum
FROM counted
WHERE first_day BETWEEN getvariable('since') AND getvariable('until')
    AND days <= getvariable('longest')
GROUP BY ALL
