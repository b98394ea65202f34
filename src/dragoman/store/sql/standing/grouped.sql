-- Every affected account with the first account of its group; one without a group leads itself.
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT affected.number, coalesce(led.lead, affected.number) AS lead
FROM affected LEFT JOIN led ON led.number = affected.number
