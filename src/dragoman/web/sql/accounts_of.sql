-- The accounts of an event, the first published first, each with its first sentence.
WITH told AS (SELECT id, report, unnest(mentions) AS mention FROM accounts WHERE event = $event)
SELECT told.id, told.report, outlet, published, min_by(mentions.text, mentions.start) AS sentence
FROM told JOIN reports ON reports.id = told.report JOIN mentions ON mentions.id = told.mention
GROUP BY ALL ORDER BY published NULLS LAST, told.report, told.id
