-- What is wrong with a record: one row a kind of fault, with how often and the first case.
WITH told AS (SELECT id AS account, report, event, unnest(mentions) AS mention FROM accounts),
counted AS (
    SELECT event, count(DISTINCT report) AS accounts FROM accounts GROUP BY event
)
SELECT 'a mention of no report of the record' AS fault, count(*) AS cases, min(id) AS first
FROM mentions ANTI JOIN reports ON reports.id = mentions.report
UNION ALL SELECT 'a report that stands twice', count(*), min(id) FROM (SELECT id FROM reports GROUP BY id HAVING count(*) > 1)
UNION ALL SELECT 'a mention that stands twice', count(*), min(id) FROM (SELECT id FROM mentions GROUP BY id HAVING count(*) > 1)
UNION ALL SELECT 'an event that stands twice', count(*), min(id) FROM (SELECT id FROM events GROUP BY id HAVING count(*) > 1)
UNION ALL SELECT 'an account that stands twice', count(*), min(id) FROM (SELECT id FROM accounts GROUP BY id HAVING count(*) > 1)
UNION ALL SELECT 'a mention in no account', count(*), min(id) FROM mentions ANTI JOIN told ON told.mention = mentions.id
UNION ALL SELECT 'a mention in two accounts', count(*), min(mention) FROM (SELECT mention FROM told GROUP BY mention HAVING count(*) > 1)
UNION ALL SELECT 'an account of a mention that is not there', count(*), min(account) FROM told ANTI JOIN mentions ON mentions.id = told.mention
UNION ALL SELECT 'an account of an event that is not there', count(*), min(id) FROM accounts ANTI JOIN events ON events.id = accounts.event
UNION ALL SELECT 'an event without an account', count(*), min(id) FROM events ANTI JOIN accounts ON accounts.event = events.id
UNION ALL SELECT 'an event that counts its reports wrongly', count(*), min(events.id)
FROM events JOIN counted ON counted.event = events.id WHERE events.accounts <> counted.accounts
UNION ALL SELECT 'a sentence that is not the text at its offsets', count(*), min(mentions.id)
FROM mentions JOIN reports ON reports.id = mentions.report
WHERE substring(reports.text, CAST(mentions.start + 1 AS BIGINT), CAST(mentions."end" - mentions.start AS BIGINT)) <> mentions.text
UNION ALL SELECT 'a mention without its text or offsets', count(*), min(id) FROM mentions WHERE text IS NULL OR start IS NULL OR "end" IS NULL
UNION ALL SELECT 'an actor, recipient or source of no mention', count(*), min(mention)
FROM entities ANTI JOIN mentions ON mentions.id = entities.mention
UNION ALL SELECT 'a mention whose parties are missing', count(*), min(id)
FROM mentions ANTI JOIN entities ON entities.mention = mentions.id WHERE len(actor_code) + len(recipient_code) > 0
UNION ALL SELECT 'a link that stands twice', count(*), min(a) FROM (SELECT a, b FROM links GROUP BY a, b HAVING count(*) > 1)
UNION ALL SELECT 'a link of an account that is not there', count(*), min(a) FROM (
    SELECT a FROM links ANTI JOIN accounts ON accounts.id = links.a UNION ALL SELECT b FROM links ANTI JOIN accounts ON accounts.id = links.b
)
