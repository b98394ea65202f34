"""Colours, fonts and the bytes of pictures."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from dragoman.analysis.codes import read_data
from dragoman.analysis.output import replacing
from dragoman.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

_PNG_SCALE = 2.0
"""Pixels of a PNG for one of the SVG, so that it is sharp in print and on fine screens."""


class Quad(BaseModel):
    """How a quad class looks."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str
    colour: str


class Theme(BaseModel):
    """The file ``data/theme.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    quads: dict[str, Quad]
    """Column of a panel to its look."""
    ink: str
    quiet: str
    grid: str
    shade: str
    reports: str
    mark: str
    font: str
    width: int
    """Pixels of the plot, labels not counted."""


@cache
def load_theme() -> Theme:
    """Return how pictures look.

    Raises:
        DataError: the file breaks its schema.
    """
    try:
        return Theme.model_validate(read_data("theme"))
    except ValidationError as error:
        raise DataError(
            [f"theme.yaml: {item['loc']}: {item['msg']}; mend it" for item in error.errors()]
        ) from error


def config(theme: Theme) -> dict[str, Any]:
    """Return Vega-Lite's configuration for the theme."""
    return {
        "background": "white",
        "padding": {"left": 12, "top": 12, "right": 12, "bottom": 12},
        "font": theme.font,
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "frame": "group", "offset": 14, "fontSize": 17, "color": theme.ink,
            "subtitleFontSize": 12.5, "subtitleColor": theme.quiet, "subtitlePadding": 5,
            "subtitleLineHeight": 16, "lineHeight": 21,
        },
        "axis": {
            "labelColor": theme.quiet, "titleColor": theme.quiet, "titleFontWeight": "normal",
            "labelFontSize": 11, "titleFontSize": 11, "domain": False, "ticks": False,
            "gridColor": theme.grid, "labelPadding": 6,
        },
        "concat": {"spacing": 12},
    }  # fmt: skip


def write_picture(spec: dict[str, Any], path: Path) -> None:
    """Write a Vega-Lite specification as the picture that the path's ending asks for.

    The same specification gives the same bytes; nothing is fetched from other hosts.

    Args:
        spec: the specification, its data in it.
        path: ends in ``.svg``, ``.png`` or ``.json`` (the specification itself).
    """
    ending = path.suffix.lower()
    with replacing(path) as part:
        if ending == ".json":
            part.write_text(json.dumps(spec, ensure_ascii=False, indent=1) + "\n", "utf-8")
            return
        import vl_convert  # noqa: PLC0415 - starting its engine takes most of a second

        if ending == ".svg":
            svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
            part.write_text(svg + "\n", "utf-8")
        else:
            png = vl_convert.vegalite_to_png(spec, scale=_PNG_SCALE, allowed_base_urls=[])
            part.write_bytes(png)
