-- Points of every pair that met; a NULL among them is a veto. Pairs with no points have no link.
INSERT INTO links
WITH compared AS (
    SELECT met.a, met.b, x, y,
        list_contains($two_sided, x.type) AS two_sided,
        greatest(
            date_diff('day', CAST(x.last_day AS DATE), CAST(y.first_day AS DATE)),
            date_diff('day', CAST(y.last_day AS DATE), CAST(x.first_day AS DATE)),
            0
        ) AS gap,
        2 * 6371 * asin(sqrt(
            pow(sin(radians(y.lat - x.lat) / 2), 2)
            + cos(radians(x.lat)) * cos(radians(y.lat)) * pow(sin(radians(y.lon - x.lon) / 2), 2)
        )) AS km,
        list_distinct(list_concat(x.did, x.was)) AS x_sides,
        list_distinct(list_concat(y.did, y.was)) AS y_sides,
        least(len(x.words), len(y.words)) AS fewer_words
    FROM met JOIN accounts x ON x.id = met.a JOIN accounts y ON y.id = met.b
),
pointed AS (
    SELECT a, b,
        $base
        + CASE
            WHEN gap > $window THEN NULL
            WHEN gap > 0 THEN $day_apart
            WHEN x.stated AND y.stated AND x.first_day = y.first_day AND x.last_day = y.last_day THEN $day_same
            WHEN x.stated OR y.stated THEN $day_within
            ELSE $day_assumed
        END
        + CASE
            WHEN NOT list_contains($where_tells, x.type) THEN 0
            WHEN km <= $near THEN $place_same
            WHEN km <= $distance THEN $place_far
            WHEN km IS NOT NULL THEN $place_other
            WHEN x.country <> y.country THEN $place_abroad
            WHEN x.country = y.country THEN $place_coarse
            ELSE 0
        END
        + CASE
            WHEN two_sided OR NOT $directed THEN 0
            WHEN list_has_all(x.did, y.was) AND list_has_all(y.was, x.did) AND list_has_all(x.was, y.did)
                AND list_has_all(y.did, x.was) AND NOT list_has_any(x.did, x.was) AND len(x.did) > 0 AND len(x.was) > 0 THEN NULL
            WHEN len(x.did) > 0 AND len(y.did) > 0 AND NOT list_has_any(x.did, y.did) THEN $roles_other
            WHEN len(x.was) > 0 AND len(y.was) > 0 AND NOT list_has_any(x.was, y.was) THEN $roles_other
            ELSE 0
        END
        + CASE
            WHEN list_has_all(x_sides, y_sides) AND list_has_all(y_sides, x_sides) AND NOT (x.half OR y.half) THEN $sides_same
            WHEN NOT (list_has_all(x_sides, y_sides) OR list_has_all(y_sides, x_sides)) THEN $sides_other
            WHEN x.half OR y.half THEN $sides_open
            ELSE $sides_wider
        END
        + CASE
            WHEN list_has_any(x.modes, y.modes) THEN $mode_same
            WHEN len(x.modes) > 0 AND len(y.modes) > 0 THEN $mode_other
            ELSE 0
        END
        + CASE
            WHEN list_has_any(x.persons, y.persons) THEN $person_same
            WHEN len(x.persons) > 0 AND len(y.persons) > 0 THEN $person_other
            ELSE 0
        END
        + CASE WHEN list_has_any(x.triggers, y.triggers) THEN $trigger_same ELSE 0 END
        + CASE
            WHEN list_has_any(x.figures, y.figures) THEN $size_same
            WHEN 2 * abs(x.dead - y.dead) > greatest(x.dead, y.dead) THEN $size_far
            WHEN 2 * abs(x.injured - y.injured) > greatest(x.injured, y.injured) THEN $size_far
            WHEN 2 * abs(x.arrested - y.arrested) > greatest(x.arrested, y.arrested) THEN $size_far
            WHEN 2 * abs(x.crowd - y.crowd) > greatest(x.crowd, y.crowd) THEN $size_far
            ELSE 0
        END
        + CASE WHEN fewer_words = 0 THEN 0
            ELSE ($words * (100 * len(list_intersect(x.words, y.words)) - $words_free * fewer_words)) // (100 * fewer_words)
        END AS points
    FROM compared
)
SELECT a, b, points FROM pointed WHERE points > $unlinked
