-- Keep a source.
INSERT OR REPLACE INTO sources (address, state) VALUES (?, ?)
