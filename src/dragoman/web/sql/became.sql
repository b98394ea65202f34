-- What became of an event that is no longer there.
SELECT run, became FROM revisions WHERE event = ? AND change = 'withdrawn' ORDER BY run DESC LIMIT 1
