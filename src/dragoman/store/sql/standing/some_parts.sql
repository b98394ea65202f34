-- Some of the numbered mentions, whole.
SELECT parts.* EXCLUDE (mention, number, event), parts.event AS of_event, mentions.*
FROM parts JOIN mentions ON mentions.id = parts.mention
WHERE parts.number >= ? AND parts.number < ?
ORDER BY parts.number
