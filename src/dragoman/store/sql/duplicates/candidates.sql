-- Pairs of reports that meet in a band, of each band its first report with every other, numbered. The order of reports
-- is that of publication, then of ids, so that it does not matter in which order they came into the record.
CREATE OR REPLACE TEMP TABLE candidates AS
WITH placed AS (
    SELECT id AS report, row_number() OVER (ORDER BY coalesce(published, '9999'), id) AS place FROM reports
),
banded AS (SELECT place, unnest(bands) AS band FROM signatures JOIN placed USING (report)),
met AS (SELECT band, min(place) AS earlier FROM banded GROUP BY band HAVING count(*) > 1),
pairs AS (SELECT DISTINCT place, earlier FROM banded JOIN met USING (band) WHERE place > earlier)
SELECT one.report, other.report AS earlier, pairs.place, pairs.earlier AS earlier_place,
    row_number() OVER (ORDER BY pairs.earlier, pairs.place) - 1 AS number
FROM pairs JOIN placed one ON one.place = pairs.place JOIN placed other ON other.place = pairs.earlier
