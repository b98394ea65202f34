-- One row an event on which versions differ: in numbers, in who did it, in whether it happened.
CREATE OR REPLACE VIEW disputes AS
WITH compared AS (
    SELECT event,
        count(DISTINCT report) AS reports,
        min(size_dead_low) AS dead_low, max(size_dead_high) AS dead_high,
        min(size_injured_low) AS injured_low, max(size_injured_high) AS injured_high,
        min(size_arrested_low) AS arrested_low, max(size_arrested_high) AS arrested_high,
        min(size_crowd_low) AS crowd_low, max(size_crowd_high) AS crowd_high,
        count(DISTINCT list_sort(actor_code)) FILTER (len(actor_code) > 0) > 1 AS actors_differ,
        count(DISTINCT list_sort(recipient_code)) FILTER (len(recipient_code) > 0) > 1 AS recipients_differ,
        bool_or(denied) AS denied,
        list_sort(list(DISTINCT source) FILTER (denied)) AS denied_by
    FROM versions GROUP BY event
)
SELECT *, dead_low <> dead_high AS dead_differ, injured_low <> injured_high AS injured_differ,
    arrested_low <> arrested_high AS arrested_differ, crowd_low <> crowd_high AS crowd_differ
FROM compared
WHERE dead_low <> dead_high OR injured_low <> injured_high OR arrested_low <> arrested_high OR crowd_low <> crowd_high
    OR actors_differ OR recipients_differ OR denied
