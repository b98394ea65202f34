"""Options of the commands that count events: which events count."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.analysis.panel import Aux

AuxOption = Annotated[
    Aux,
    typer.Option(
        help="plain: only what happened; all: also historical, future, hypothetical and"
        " negated events."
    ),
]
ConfidenceOption = Annotated[
    float, typer.Option(min=0, max=1, help="Leave out events below this confidence.")
]
