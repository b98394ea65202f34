-- Where some outlets are made, and what tells it.
SELECT outlet, list_sort(list_distinct(list(country))) AS countries, list_sort(list_distinct(list(how))) AS hows
FROM press WHERE outlet IN (SELECT unnest(?)) GROUP BY outlet
