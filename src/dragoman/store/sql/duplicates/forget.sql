-- Pairs that an earlier report has come between no longer count.
DELETE FROM likeness WHERE NOT EXISTS (
    SELECT 1 FROM candidates WHERE candidates.report = likeness.report AND candidates.earlier = likeness.earlier
)
