-- The country of each outlet at each host; in one piece, for there may be thousands.
CREATE TABLE press AS
SELECT unnest($outlet) AS outlet, unnest($host) AS host, unnest($country) AS country, unnest($how) AS how
