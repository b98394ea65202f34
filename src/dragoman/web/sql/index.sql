-- What the room looks things up in, made from an attached record: narrow columns, newest events first.
-- Lists are kept once each, in the tables *_lists, and an event holds their number: counting and
-- filtering a million events then means counting and comparing numbers.
-- There already: press, the country of each outlet and host (outlets.py).
-- Variable: two_sided, the types whose actors all take part when no recipient is stated.
CREATE TEMP TABLE printed AS
SELECT reports.id, press.country
FROM (SELECT id, outlet, :host AS host FROM record.reports) AS reports
JOIN press ON press.outlet IS NOT DISTINCT FROM reports.outlet AND press.host = reports.host;

CREATE TABLE origin AS
WITH told AS (SELECT event, report, unnest(mentions) AS mention FROM record.accounts)
SELECT told.event,
    list_sort(list_distinct(list(reports.outlet) FILTER (reports.outlet IS NOT NULL))) AS outlet,
    list_sort(list_distinct(list(printed.country))) AS press,
    list_sort(list_distinct(list(
        CASE WHEN attribution_kind IS NULL THEN 'outlet' ELSE coalesce(attribution_source_code, 'other') END
    ))) AS said,
    list_sort(list_distinct(list(coalesce(attribution_kind, 'fact')))) AS kind,
    arg_min(mentions.text, coalesce(reports.published, '~') || mentions.id) AS sentence,
    lower(strip_accents(string_agg(coalesce(reports.title, '') || ' ' || mentions.text, ' '))) AS words
FROM told
JOIN record.mentions ON mentions.id = told.mention
JOIN record.reports ON reports.id = told.report
JOIN printed ON printed.id = told.report
GROUP BY told.event;

CREATE TABLE raw AS
SELECT events.id, date, coalesce(enddate, date) AS last,
    events.event AS type, mode, context,
    list_distinct(list_filter(actor_code, lambda c: c IS NOT NULL)) AS did,
    list_distinct(list_filter(recipient_code, lambda c: c IS NOT NULL)) AS was,
    len(recipient_code) = 0 AND list_has_any(events.event, getvariable('two_sided')) AS mutual,
    actor, recipient,
    list_concat(
        json_extract_string(actor, '$[*].identifier_text'), json_extract_string(recipient, '$[*].identifier_text')
    ) AS name,
    quad_code, event_scale, confidence, aux, accounts,
    event_loc_country_code AS country,
    coalesce(event_loc_resolved_place, event_loc_extracted_place) AS place,
    event_loc_lat AS lat, event_loc_lon AS lon,
    coalesce(outlet, []) AS outlet, coalesce(press, []) AS press, coalesce(said, []) AS said, coalesce(kind, []) AS kind,
    coalesce(sentence, '') AS sentence, coalesce(words, '') AS words
FROM record.events LEFT JOIN origin ON origin.event = events.id;
DROP TABLE origin;

CREATE TABLE what_lists AS
SELECT CAST(row_number() OVER (ORDER BY type, mode, context) AS INTEGER) AS id, type, mode, context
FROM (SELECT DISTINCT type, mode, context FROM raw);

CREATE TABLE sides_lists AS
WITH sides AS (
    SELECT *, CASE WHEN mutual THEN did ELSE was END AS other
    FROM (SELECT DISTINCT did, was, mutual FROM raw)
)
SELECT CAST(row_number() OVER (ORDER BY did, was, mutual) AS INTEGER) AS id, did, was, mutual,
    did AS actor, was AS recipient,
    list_distinct(list_concat(did, was)) AS party,
    list_distinct(flatten(list_transform(did, lambda a:
        list_transform(list_filter(other, lambda b: a <> b), lambda b: a || '>' || b)))) AS pair,
    list_distinct(flatten(list_transform(did, lambda a:
        list_transform(list_filter(other, lambda b: a <> b), lambda b: least(a, b) || '-' || greatest(a, b))))) AS dyad
FROM sides;

CREATE TABLE names_lists AS
SELECT CAST(row_number() OVER (ORDER BY key) AS INTEGER) AS id, key,
    list_distinct(list_filter(key, lambda n: n IS NOT NULL)) AS name
FROM (SELECT DISTINCT name AS key FROM raw);

CREATE TABLE outlets_lists AS
SELECT CAST(row_number() OVER (ORDER BY outlet, press) AS INTEGER) AS id, outlet, press
FROM (SELECT DISTINCT outlet, press FROM raw);

CREATE TABLE sources_lists AS
SELECT CAST(row_number() OVER (ORDER BY said, kind) AS INTEGER) AS id, said, kind
FROM (SELECT DISTINCT said, kind FROM raw);

CREATE TABLE aux_lists AS
SELECT CAST(row_number() OVER (ORDER BY key) AS INTEGER) AS id, key,
    CASE WHEN coalesce(len(key), 0) = 0 THEN ['plain'] ELSE key END AS aux
FROM (SELECT DISTINCT aux AS key FROM raw);

CREATE TABLE spots_lists AS
SELECT CAST(row_number() OVER (ORDER BY country_code, place_name, lat, lon) AS INTEGER) AS id, *,
    CASE WHEN country_code IS NULL THEN [] ELSE [country_code] END AS country,
    CASE WHEN place_name IS NULL THEN [] ELSE [place_name] END AS place
FROM (SELECT DISTINCT country AS country_code, place AS place_name, CAST(lat AS FLOAT) AS lat, CAST(lon AS FLOAT) AS lon FROM raw);

CREATE TABLE event AS
SELECT CAST(row_number() OVER (ORDER BY date DESC NULLS LAST, raw.id) AS INTEGER) AS n,
    raw.id, TRY_CAST(date AS DATE) AS day, TRY_CAST(last AS DATE) AS last,
    what_lists.id AS what, sides_lists.id AS sides, names_lists.id AS names, outlets_lists.id AS outlets,
    sources_lists.id AS sources, aux_lists.id AS aux, coalesce(len(raw.aux), 0) = 0 AS plain,
    CAST(quad_code AS UTINYINT) AS quad, CAST(event_scale AS FLOAT) AS scale,
    CAST(confidence AS FLOAT) AS confidence,
    spots_lists.id AS spots, raw.lat IS NOT NULL AND raw.lon IS NOT NULL AS placed,
    CAST(coalesce(accounts, 1) AS INTEGER) AS accounts,
    raw.actor AS actors, raw.recipient AS recipients, sentence, words
FROM raw
JOIN what_lists ON what_lists.type = raw.type AND what_lists.mode IS NOT DISTINCT FROM raw.mode
    AND what_lists.context IS NOT DISTINCT FROM raw.context
JOIN sides_lists ON sides_lists.did IS NOT DISTINCT FROM raw.did AND sides_lists.was IS NOT DISTINCT FROM raw.was
    AND sides_lists.mutual IS NOT DISTINCT FROM raw.mutual
JOIN names_lists ON names_lists.key IS NOT DISTINCT FROM raw.name
JOIN outlets_lists ON outlets_lists.outlet = raw.outlet AND outlets_lists.press = raw.press
JOIN sources_lists ON sources_lists.said = raw.said AND sources_lists.kind = raw.kind
JOIN aux_lists ON aux_lists.key IS NOT DISTINCT FROM raw.aux
JOIN spots_lists ON spots_lists.country_code IS NOT DISTINCT FROM raw.country
    AND spots_lists.place_name IS NOT DISTINCT FROM raw.place
    AND spots_lists.lat IS NOT DISTINCT FROM CAST(raw.lat AS FLOAT) AND spots_lists.lon IS NOT DISTINCT FROM CAST(raw.lon AS FLOAT)
ORDER BY n;
DROP TABLE raw;

-- In the order of ids, so that one is found without looking through all.
CREATE TABLE ids AS SELECT id, n FROM event ORDER BY id;

CREATE TABLE reading AS
SELECT TRY_CAST(published AS DATE) AS day, outlet, country AS press, CAST(count(*) AS INTEGER) AS reports
FROM record.reports JOIN printed ON printed.id = reports.id GROUP BY ALL ORDER BY day;
DROP TABLE printed;

CREATE TABLE run AS SELECT run, command, started, finished, manifest FROM record.runs ORDER BY run;

-- The order in which reviewers judge mentions: by a hash, so that the first thousand are a sample of all.
CREATE TABLE queue AS
WITH told AS (SELECT event, unnest(mentions) AS mention FROM record.accounts)
SELECT md5(mentions.id) AS place, mentions.id AS mention, mentions.event AS type, told.event
FROM record.mentions JOIN told ON told.mention = mentions.id ORDER BY place, mention;
