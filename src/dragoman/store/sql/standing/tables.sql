-- What a record keeps besides the tables of the record itself.
CREATE TABLE IF NOT EXISTS record_version (version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS links (a VARCHAR NOT NULL, b VARCHAR NOT NULL, points INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS joined_with (settings VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS runs (
    run INTEGER NOT NULL, command VARCHAR NOT NULL, started VARCHAR NOT NULL, finished VARCHAR,
    inputs VARCHAR[] NOT NULL, settings VARCHAR NOT NULL, manifest VARCHAR NOT NULL, counts VARCHAR
);
CREATE TABLE IF NOT EXISTS run_reports (run INTEGER NOT NULL, report VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS revisions (
    run INTEGER NOT NULL, change VARCHAR NOT NULL, event VARCHAR NOT NULL, became VARCHAR, before VARCHAR
);
CREATE TABLE IF NOT EXISTS finished_files (
    path VARCHAR NOT NULL, label VARCHAR NOT NULL, size BIGINT NOT NULL, modified BIGINT NOT NULL, asked VARCHAR NOT NULL,
    rejects BIGINT NOT NULL, faulty BOOLEAN NOT NULL
);
-- Near-duplicates: what texts meet by, how alike those are that met, and which report repeats which.
CREATE TABLE IF NOT EXISTS signatures (report VARCHAR NOT NULL, maker VARCHAR NOT NULL, bands UBIGINT[] NOT NULL);
CREATE TABLE IF NOT EXISTS likeness (report VARCHAR NOT NULL, earlier VARCHAR NOT NULL, share DOUBLE NOT NULL);
CREATE TABLE IF NOT EXISTS duplicates (report VARCHAR NOT NULL, original VARCHAR NOT NULL, share DOUBLE NOT NULL);
