"""Where coded reports go: JSON lines, one DuckDB file, Parquet, standard output.

``open_sink`` chooses by the name; every sink resumes an interrupted run.
"""

from __future__ import annotations

from dragoman.store.sink import Level, OutputError, RunNote, Sink, open_sink

__all__ = ["Level", "OutputError", "RunNote", "Sink", "open_sink"]
