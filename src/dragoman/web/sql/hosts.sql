-- Every outlet of the record with every host that it publishes at.
SELECT DISTINCT outlet, :host AS host FROM record.reports ORDER BY outlet, host
