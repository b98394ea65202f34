-- The accounts of an event, the first published first, each with its first sentence.
SELECT accounts.id, accounts.report, reports.outlet, reports.published, min_by(mentions.text, mentions.start) AS sentence
FROM accounts JOIN reports ON reports.id = accounts.report JOIN mentions ON mentions.id IN (SELECT unnest(accounts.mentions))
WHERE accounts.event = $event
GROUP BY ALL ORDER BY coalesce(reports.published, '~'), accounts.report, accounts.id
