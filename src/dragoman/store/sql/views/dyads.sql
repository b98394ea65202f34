-- One row an event and pair of country codes: what panels of dyads are counted from.
CREATE OR REPLACE VIEW dyads AS
WITH actors AS (
    SELECT *, unnest(CASE WHEN len(list_distinct(actor_code)) > 0 THEN list_distinct(actor_code) ELSE [NULL] END) AS source
    FROM events
)
SELECT
    id, date, enddate, event, mode, context, source,
    unnest(CASE WHEN len(list_distinct(recipient_code)) > 0 THEN list_distinct(recipient_code) ELSE [NULL] END) AS target,
    quad_code, event_scale, cameo_code, cameo_goldstein, event_loc_country_code, aux, confidence, accounts, outlets
FROM actors
