-- The events that were in the record before this run and are touched, in short.
CREATE OR REPLACE TEMP TABLE before AS
SELECT events.id, to_json({
    date: date, enddate: enddate, event: event, mode: mode, context: context, actor_code: actor_code, recipient_code: recipient_code,
    event_loc_geonameid: event_loc_geonameid, event_loc_country_code: event_loc_country_code, aux: aux, size_dead: [size_dead_low, size_dead_high],
    size_injured: [size_injured_low, size_injured_high], size_arrested: [size_arrested_low, size_arrested_high],
    size_crowd: [size_crowd_low, size_crowd_high], confidence: confidence, accounts: accounts
}) AS row
FROM events JOIN touched USING (id)
