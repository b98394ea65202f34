-- The mentions of every touched event that still stands, numbered in the record's order.
CREATE OR REPLACE TEMP TABLE parts AS
WITH told AS (
    SELECT accounts.event, accounts.report, accounts.coder, accounts.manifest, accounts.quad_code, accounts.event_scale,
        accounts.modes, unnest(accounts.mentions) AS mention
    FROM touched JOIN accounts ON accounts.event = touched.id
)
SELECT told.event, told.mention, told.coder AS account_coder, told.manifest AS account_manifest,
    told.quad_code AS account_quad, told.event_scale AS account_scale, told.modes AS account_modes,
    reports.title AS report_title, reports.published AS report_published, reports.outlet AS report_outlet,
    reports.url AS report_url, reports.language AS report_language,
    row_number() OVER (
        ORDER BY told.event, coalesce(reports.published, '9999'), reports.id, mentions.sentence, length(mentions.id), mentions.id
    ) - 1 AS number
FROM told JOIN reports ON reports.id = told.report JOIN mentions ON mentions.id = told.mention
