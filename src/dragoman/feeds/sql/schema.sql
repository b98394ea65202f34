-- What the watcher keeps between rounds. The state of a source is JSON text.
CREATE TABLE IF NOT EXISTS sources (address TEXT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, until REAL NOT NULL);
