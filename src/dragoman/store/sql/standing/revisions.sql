-- What a run added, changed and withdrew. An event is old if one of its accounts was compared before.
INSERT INTO revisions
WITH now AS (
    SELECT events.id, to_json({
        date: date, enddate: enddate, event: event, mode: mode, context: context, actor_code: actor_code, recipient_code: recipient_code,
        event_loc_geonameid: event_loc_geonameid, event_loc_country_code: event_loc_country_code, aux: aux, size_dead: [size_dead_low, size_dead_high],
        size_injured: [size_injured_low, size_injured_high], size_arrested: [size_arrested_low, size_arrested_high],
        size_crowd: [size_crowd_low, size_crowd_high], confidence: confidence, accounts: accounts
    }) AS row
    FROM events WHERE id IN (SELECT id FROM touched) OR id IN (SELECT id FROM fresh)
),
published AS (SELECT event AS id FROM revisions GROUP BY event HAVING arg_max(change, run) <> 'withdrawn')
SELECT $run, 'added', now.id, NULL, NULL FROM now WHERE now.id NOT IN (SELECT id FROM published)
UNION ALL
SELECT $run, 'changed', now.id, NULL, before.row
FROM now JOIN before USING (id) WHERE now.id IN (SELECT id FROM published) AND now.row <> before.row
UNION ALL
SELECT $run, 'withdrawn', before.id, accounts.event, before.row
FROM before JOIN accounts ON accounts.id = before.id
WHERE before.id IN (SELECT id FROM published) AND before.id NOT IN (SELECT id FROM now)
ORDER BY ALL
