-- What is kept of a source.
SELECT state FROM sources WHERE address = ?
