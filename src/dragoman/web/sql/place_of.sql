-- Where an event stands in the order of the list.
SELECT n, accounts FROM event WHERE n = (SELECT n FROM ids WHERE id = ?)
