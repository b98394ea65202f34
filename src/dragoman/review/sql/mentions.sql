-- The mentions of some reports.
SELECT mentions.* FROM mentions WHERE report IN (SELECT unnest($reports)) ORDER BY report, sentence, length(id), id
