-- Pairs that are alike, each report's with the earliest one first.
SELECT likeness.report, likeness.earlier, likeness.share FROM likeness JOIN candidates USING (report, earlier)
WHERE likeness.share >= ? ORDER BY candidates.place, candidates.earlier_place
