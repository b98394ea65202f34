-- Hosts that asked to be left alone, and until when.
SELECT host, until FROM hosts
