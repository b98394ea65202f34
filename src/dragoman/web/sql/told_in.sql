-- The mentions of a report, each with its event, in the order of the text.
WITH told AS (SELECT event AS told_event, unnest(mentions) AS mention FROM accounts WHERE report = ?)
SELECT mentions.*, told_event FROM told JOIN mentions ON mentions.id = told.mention
ORDER BY mentions.start, mentions.id
