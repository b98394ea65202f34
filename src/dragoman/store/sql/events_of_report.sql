-- The events that one report made in a file of version 1, with how widely they are reported left open.
SELECT *, NULL AS accounts, NULL AS outlets, NULL AS first_published, NULL AS last_published
FROM (SELECT * FROM old_events) WHERE json_extract_string(mentions, '$[0].report') = ?
ORDER BY id
