-- The types of a panel that are not PLOVER's.
SELECT DISTINCT unnest(map_keys(own)) AS type FROM own_cells ORDER BY type
