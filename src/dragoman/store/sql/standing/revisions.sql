-- What a run added, changed and withdrew. An event is old if one of its accounts was compared before.
INSERT INTO revisions
WITH now AS (
    SELECT short.* FROM short WHERE id IN (SELECT id FROM touched) OR id IN (SELECT id FROM fresh)
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
