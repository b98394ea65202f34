-- What changed after a run, in the order it happened.
SELECT revisions.run, runs.started, revisions.change, revisions.event, revisions.became, revisions.before
FROM revisions LEFT JOIN runs USING (run) WHERE revisions.run > ? ORDER BY revisions.run, revisions.change, revisions.event
