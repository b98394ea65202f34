"""Panels and comparisons: the record as tables of units and periods.

``sql/*.sql`` holds the named steps that DuckDB runs over a record, ``query.py`` alone
runs them; the record is opened to read and never changed.
"""

from __future__ import annotations

from dragoman.analysis.compare import Comparison, CompareJob, compare
from dragoman.analysis.panel import Panel, PanelJob, open_panel

__all__ = ["CompareJob", "Comparison", "Panel", "PanelJob", "compare", "open_panel"]
