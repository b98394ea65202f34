-- The most told events of each month, newest month first.
WITH chosen AS (
    SELECT n, CAST(date_trunc('month', day) AS DATE) AS month, accounts, confidence
    FROM event WHERE day IS NOT NULL AND :where
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY month ORDER BY accounts DESC, confidence DESC, n) AS rank,
        count(*) OVER (PARTITION BY month) AS events, dense_rank() OVER (ORDER BY month DESC) AS age
    FROM chosen
)
SELECT month, events, n FROM ranked
WHERE ranked.rank <= ? AND age <= ? ORDER BY month DESC, ranked.rank
