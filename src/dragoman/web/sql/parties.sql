-- Actors and recipients of some events as JSON text, each with how often.
SELECT actors, recipients, count(*) AS events FROM event WHERE :where GROUP BY ALL ORDER BY events DESC, actors, recipients LIMIT ?
