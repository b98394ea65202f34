-- The events of a file of version 1, each with its report and that report's number.
CREATE OR REPLACE TEMP TABLE old_events AS
SELECT events.*, json_extract_string(mentions, '$[0].report') AS report,
    dense_rank() OVER (ORDER BY json_extract_string(mentions, '$[0].report')) AS number
FROM events
