-- Units and periods of the panel.
SELECT (SELECT count(*) FROM units), (SELECT count(*) FROM periods)
