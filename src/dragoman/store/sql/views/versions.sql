-- One row a mention: each outlet's and each quoted source's version of an event: who says so, whether, who, where, how many.
CREATE OR REPLACE VIEW versions AS
WITH told AS (SELECT event, id AS account, unnest(mentions) AS mention FROM accounts)
SELECT
    told.event, told.account, mentions.id AS mention, mentions.report, reports.published, reports.outlet,
    coalesce(mentions.attribution_source_identifier_text, mentions.attribution_source_entity_text) AS source,
    mentions.attribution_source_code AS source_code,
    coalesce(mentions.attribution_kind, 'fact') AS kind,
    mentions.attribution_kind IS NOT DISTINCT FROM 'denial' AS denied,
    mentions.aux, mentions.date, mentions.enddate, mentions.date_info_text AS date_words,
    mentions.actor_code, mentions.recipient_code, mentions.mode,
    mentions.event_loc_extracted_place AS place, mentions.event_loc_country_code,
    mentions.size_dead_low, mentions.size_dead_high, mentions.size_injured_low, mentions.size_injured_high,
    mentions.size_arrested_low, mentions.size_arrested_high, mentions.size_crowd_low, mentions.size_crowd_high,
    mentions.text
FROM told JOIN mentions ON mentions.id = told.mention JOIN reports ON reports.id = mentions.report
