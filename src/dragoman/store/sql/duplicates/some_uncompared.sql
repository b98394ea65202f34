-- Some of them with both texts.
SELECT part.report, part.earlier, one.text AS text, other.text AS earlier_text
FROM (SELECT * FROM uncompared WHERE number >= ? AND number < ?) part
JOIN reports one ON one.id = part.report JOIN reports other ON other.id = part.earlier
ORDER BY part.number
