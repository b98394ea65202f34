-- What review says of events, by their ids, instead of what it said before.
INSERT INTO memory.judged
SELECT n, label FROM (SELECT unnest($event) AS id, unnest($label) AS label) JOIN ids USING (id)
