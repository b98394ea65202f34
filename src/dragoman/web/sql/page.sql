-- One page of events with everything that a line of a list shows. Keys: :before says which come after the last seen.
SELECT event.n, event.id, day, last, type, mode, context, aux_lists.aux AS aux, quad, scale, confidence, country_code AS country, place_name AS place,
    accounts, outlets_lists.outlet AS outlet, said, kind, judged.label AS review, actors, recipients, sentence
FROM event LEFT JOIN memory.judged USING (n)
JOIN what_lists ON what_lists.id = what JOIN outlets_lists ON outlets_lists.id = outlets
JOIN sources_lists ON sources_lists.id = sources JOIN aux_lists ON aux_lists.id = event.aux
JOIN spots_lists ON spots_lists.id = spots
WHERE n IN (SELECT n FROM event WHERE :where AND :beyond ORDER BY :order LIMIT ?)
ORDER BY :order
