-- Reports under any of some ids, revisions included, with the hash of their text.
SELECT id, md5(text) FROM reports
WHERE regexp_replace(id, ';rev=[0-9]+$', '') IN (SELECT unnest(?))
