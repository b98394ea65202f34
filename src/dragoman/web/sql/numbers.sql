-- Numbers of events, by their ids.
SELECT n FROM ids WHERE id IN (SELECT unnest(?))
