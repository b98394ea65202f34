-- Events that lose or gain an account, as they were.
CREATE OR REPLACE TEMP TABLE touched AS
WITH moved AS (
    SELECT affected.was_in, lead.id AS now_in, affected.id
    FROM affected
    JOIN grouped ON grouped.number = affected.number
    JOIN affected lead ON lead.number = grouped.lead
    WHERE affected.was_in <> lead.id
)
SELECT was_in AS id FROM moved UNION SELECT now_in FROM moved
