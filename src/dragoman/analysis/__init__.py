"""Panels and comparisons: the record as tables of units and periods.

``panel.open_panel`` counts, ``compare.compare`` sets a pair or a country against its own past,
``panel_picture`` and ``compare_picture`` draw both. ``sql/*.sql`` holds the named steps that
DuckDB runs over a record; ``query.py`` alone runs them, on a record opened to read.

Nothing is imported here: statistics and drawing are slow to load and a panel needs neither.
"""
