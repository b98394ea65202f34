-- Some of them with their texts.
SELECT reports.id, text FROM reports JOIN (SELECT id FROM unsigned WHERE number >= ? AND number < ?) part USING (id) ORDER BY reports.id
