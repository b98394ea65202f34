-- Keep until when a host wants to be left alone.
INSERT OR REPLACE INTO hosts (host, until) VALUES (?, ?)
