-- Pairs of accounts that meet, at least one of them new: same type and state, a key in common, a day within the window.
CREATE OR REPLACE TEMP TABLE met AS
WITH places AS (
    SELECT id, kind, key, CAST(unnest(days) AS VARCHAR) AS day FROM spots WHERE days IS NOT NULL
    UNION ALL
    SELECT id, kind, key, first || '/' || last AS day FROM spots WHERE days IS NULL
),
wide AS (
    SELECT id, kind, key, half,
        [CAST(d AS DATE) FOR d IN generate_series(first - $window, last + $window, INTERVAL 1 DAY)] AS days
    FROM spots WHERE days IS NOT NULL AND NOT joined
),
reach AS (
    SELECT id, kind, key, half, CAST(unnest(days) AS VARCHAR) AS day FROM wide
    UNION ALL
    SELECT id, kind, key, half, first || '/' || last AS day FROM spots WHERE days IS NULL AND NOT joined
),
seekers AS (
    SELECT id, kind, key, day FROM reach WHERE NOT ends_with(key, '|full') AND NOT ends_with(key, '|open')
    UNION ALL  -- a full account seeks open ones
    SELECT id, kind, replace(key, '|full', '|open') AS key, day FROM reach WHERE ends_with(key, '|full')
    UNION ALL  -- an open account seeks both
    SELECT id, kind, key, day FROM reach WHERE half
    UNION ALL
    SELECT id, kind, replace(key, '|open', '|full') AS key, day FROM reach WHERE half
)
SELECT DISTINCT least(s.id, p.id) AS a, greatest(s.id, p.id) AS b
FROM seekers s JOIN places p USING (kind, key, day)
WHERE s.id <> p.id
