"""Actor codes of older dictionaries taken apart: IRQGOVMIL is Iraq's, government, military."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dragoman.actors.schema import Code, Sectors, Strict
from dragoman.yamlfile import read_yaml

if TYPE_CHECKING:
    from dragoman.actors.knowledge import Knowledge

TABLE = Path(__file__).parent / "data" / "tables" / "codes.yaml"
PART = 3
"""Letters of one part of a code."""
NOBODY = "---"
"""A part that stands for nothing."""
Roles = Literal["cameo", "plover"]
"""Whose role codes a dictionary uses: they differ on MED, the media or health."""


class World(Strict):
    """An international body or kind of body."""

    code: Code
    sector: Code | None = None


class Table(Strict):
    """``data/tables/codes.yaml``."""

    countries: dict[Code, Code]
    world: dict[Code, World]
    regions: Sectors
    cameo: dict[Code, Code]
    plover: dict[Code, Code]
    manner: Sectors


@dataclass(frozen=True)
class Parts:
    """What a code says."""

    code: str | None
    sector: tuple[str, ...]
    unknown: tuple[str, ...]
    """Parts that nothing explains."""


class Codes:
    """Takes codes apart; holds what the parts mean."""

    def __init__(self, known: Knowledge, roles: Roles = "cameo") -> None:
        """Read the table.

        Args:
            known: states and dependencies.
            roles: whose roles the dictionary uses.
        """
        self.known = known
        self.table = Table.model_validate(read_yaml(TABLE))
        self.roles = self.table.cameo | (self.table.plover if roles == "plover" else {})

    def split(self, text: str) -> Parts:
        """Take a code apart.

        Args:
            text: a code such as ``IRQGOVMIL``; a tilde at either end is passed over.

        Raises:
            ValueError: it is not made of parts of three capital letters, or means nobody.
        """
        bare = text.strip().strip("~")
        parts = [bare[i : i + PART] for i in range(0, len(bare), PART)]
        if not parts or any(len(p) != PART or not _is_part(p) for p in parts):
            raise ValueError(
                f"code {text!r}: expected parts of three capital letters, as in IRQGOVMIL"
            )
        found = self._read([p for p in parts if p != NOBODY])
        if found.code is None and not found.sector:
            raise ValueError(f"code {text!r}: names no country and no role that is known")
        return found

    def _read(self, parts: list[str]) -> Parts:
        """Read the parts in their order."""
        code: str | None = None
        sector: list[str] = []
        unknown: list[str] = []
        for place, part in enumerate(parts):
            state = self._state(part) if place == 0 else None
            world = self.table.world.get(part)
            if state:
                code = state
            elif world:
                code = code if code in self.known.states else world.code
                sector += [world.sector] if world.sector else []
            elif part in self.roles:
                sector.append(self.roles[part])
            elif part not in self.table.regions and part not in self.table.manner:
                unknown.append(part)
        return Parts(code, tuple(dict.fromkeys(sector)), tuple(unknown))

    def _state(self, part: str) -> str | None:
        """Return the state of a country code, dependencies folded in; ``None`` for another part."""
        if part in self.table.world or (part in self.roles and part not in self.known.states):
            return None
        return self.known.state_of(part) or self.table.countries.get(part)


def _is_part(part: str) -> bool:
    """Tell whether three characters can be a part of a code."""
    return part == NOBODY or (part.isascii() and part.isalpha() and part.isupper())
