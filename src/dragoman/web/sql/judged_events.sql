-- Mentions that were judged, each with its event and how many mentions that has.
WITH mine AS (SELECT event, mention FROM queue WHERE mention IN (SELECT unnest(?)))
SELECT event, mention, mentions
FROM mine JOIN (
    SELECT event, CAST(count(*) AS INTEGER) AS mentions FROM queue WHERE event IN (SELECT event FROM mine) GROUP BY event
) USING (event)
ORDER BY event, mention
