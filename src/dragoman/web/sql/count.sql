-- How many events there are, on which days, and how many have no date and no place.
SELECT count(*) AS events, min(day) AS first, max(last) AS last, count(*) FILTER (day IS NULL) AS undated,
    count(*) FILTER (NOT placed) AS unplaced, coalesce(CAST(sum(accounts) AS BIGINT), 0) AS accounts
FROM :table WHERE :where
