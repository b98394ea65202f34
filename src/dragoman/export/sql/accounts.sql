-- What each report tells of some events.
SELECT event_id, mentions, cite_info FROM accounts
WHERE event_id IN (SELECT unnest($ids))
ORDER BY published NULLS LAST, report, id
