-- An event as revisions keep and compare it: everything that may be cited, its mentions as a hash.
CREATE OR REPLACE TEMP VIEW short AS
SELECT id, to_json({
        date: date, enddate: enddate, event: event, mode: mode, context: context,
        actor_code: actor_code, actor: actor, recipient_code: recipient_code, recipient: recipient,
        event_loc_extracted_place: event_loc_extracted_place, event_loc_geonameid: event_loc_geonameid,
        event_loc_country_code: event_loc_country_code, aux: aux,
        size_dead: [size_dead_low, size_dead_high], size_injured: [size_injured_low, size_injured_high],
        size_arrested: [size_arrested_low, size_arrested_high], size_crowd: [size_crowd_low, size_crowd_high],
        confidence: confidence, accounts: accounts, outlets: outlets,
        first_published: first_published, last_published: last_published, mentions: md5(mentions)
    }) AS row FROM events
