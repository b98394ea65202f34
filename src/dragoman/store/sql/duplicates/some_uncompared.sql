-- Some of them with both texts.
SELECT some.report, some.earlier, one.text AS text, other.text AS earlier_text
FROM (SELECT * FROM uncompared WHERE number >= ? AND number < ?) some
JOIN reports one ON one.id = some.report JOIN reports other ON other.id = some.earlier
ORDER BY some.number
