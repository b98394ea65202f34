-- Where accounts can meet: one row an account, key and day. A key is a pair of states, or a town for types that
-- are told by their place; an account that leaves a side open meets by its one state, with open ones and with full ones.
CREATE OR REPLACE TEMP TABLE spots AS
WITH keyed AS (
    SELECT id, joined, half, type || ' ' || state AS kind,
        CAST(first_day AS DATE) AS first, CAST(last_day AS DATE) AS last,
        unnest(list_concat(
            list_concat(pairs, CASE WHEN lat IS NOT NULL AND list_contains($where_tells, type)
                THEN [printf('%.1f %.1f', lat, lon)] ELSE [] END),
            list_transform(list_distinct(list_concat(did, was)), lambda c: c || CASE WHEN half THEN '|open' ELSE '|full' END)
        )) AS key
    FROM accounts
    WHERE first_day IS NOT NULL AND (
        $everything OR (
            CAST(last_day AS DATE) >= (SELECT min(CAST(first_day AS DATE)) FROM accounts WHERE NOT joined) - $window
            AND CAST(first_day AS DATE) <= (SELECT max(CAST(last_day AS DATE)) FROM accounts WHERE NOT joined) + $window
        )
    )
)
SELECT id, joined, half, kind, key, first, last,
    CASE WHEN last - first <= $spread
        THEN [CAST(d AS DATE) FOR d IN generate_series(first, last, INTERVAL 1 DAY)]
        ELSE NULL
    END AS days
FROM keyed
