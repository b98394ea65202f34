-- Some reports, without their texts.
SELECT id, published, outlet, url, language, length(text) AS length FROM reports
WHERE id IN (SELECT unnest($ids))
