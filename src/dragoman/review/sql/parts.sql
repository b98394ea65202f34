-- The mentions of some events in the record's order, each with its account and what is known of its report.
WITH told AS (
    SELECT id, event, report, coder, manifest, quad_code, event_scale, modes, unnest(mentions) AS mention
    FROM accounts WHERE event IN (SELECT unnest($events))
)
SELECT mentions.*, told.id AS of_account, told.event AS of_event, told.coder AS account_coder, told.manifest AS account_manifest,
    told.quad_code AS account_quad, told.event_scale AS account_scale, told.modes AS account_modes,
    reports.title AS report_title, reports.published AS report_published, reports.outlet AS report_outlet,
    reports.url AS report_url, reports.language AS report_language
FROM told JOIN reports ON reports.id = told.report JOIN mentions ON mentions.id = told.mention
ORDER BY coalesce(reports.published, '9999'), reports.id, mentions.sentence, length(mentions.id), mentions.id, told.id
