-- One row an event on which versions differ: in numbers, in who did it, in whether it happened.
CREATE OR REPLACE VIEW disputes AS
WITH told AS (
    SELECT versions.*,
        list_sort(list_distinct(list_filter(versions.actor_code, lambda c: c IS NOT NULL))) AS did,
        list_sort(list_distinct(list_filter(versions.recipient_code, lambda c: c IS NOT NULL))) AS was,
        events.event[1] IN ('CONSULT', 'COOPERATE', 'AGREE') AS two_sided
    FROM versions JOIN events ON events.id = versions.event
),
compared AS (
    SELECT event,
        count(DISTINCT report) AS reports,
        min(size_dead_low) AS dead_low, max(size_dead_high) AS dead_high,
        min(size_injured_low) AS injured_low, max(size_injured_high) AS injured_high,
        min(size_arrested_low) AS arrested_low, max(size_arrested_high) AS arrested_high,
        min(size_crowd_low) AS crowd_low, max(size_crowd_high) AS crowd_high,
        count(DISTINCT {low: size_dead_low, high: size_dead_high}) FILTER (size_dead_low IS NOT NULL) > 1 AS dead_differ,
        count(DISTINCT {low: size_injured_low, high: size_injured_high}) FILTER (size_injured_low IS NOT NULL) > 1 AS injured_differ,
        count(DISTINCT {low: size_arrested_low, high: size_arrested_high}) FILTER (size_arrested_low IS NOT NULL) > 1 AS arrested_differ,
        count(DISTINCT {low: size_crowd_low, high: size_crowd_high}) FILTER (size_crowd_low IS NOT NULL) > 1 AS crowd_differ,
        count(DISTINCT did) FILTER (len(did) > 0 AND NOT two_sided) > 1 AS actors_differ,
        count(DISTINCT was) FILTER (len(was) > 0 AND NOT two_sided) > 1 AS recipients_differ,
        bool_or(denied) AS denied,
        list_sort(list(DISTINCT source) FILTER (denied AND source IS NOT NULL)) AS denied_by
    FROM told GROUP BY event
)
SELECT * FROM compared
WHERE dead_differ OR injured_differ OR arrested_differ OR crowd_differ OR actors_differ OR recipients_differ OR denied
