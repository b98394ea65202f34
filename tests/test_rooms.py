"""Imports run one way, in the order of the way of a report."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "src" / "dragoman"
ORDER = [
    "errors",
    "yamlfile",
    "startup",
    "record",
    "manifest",
    "readers",
    "language",
    "ontology",
    "actors",
    "lexicon",
    "stories",
    "coding",
    "store",
    "review",
    "export",
    "analysis",
    "evaluation",
    "display",
    "explain",
    "engines",
    "runs",
    "feeds",
    "web",
    "cli",
]
"""A room may import itself and the rooms before it."""
NETWORK = {"socket", "ssl", "http", "urllib3", "requests", "httpx", "ftplib", "aiohttp"}
"""Packages that connect to hosts."""
LAZY = {("record", "display")}
"""Imports inside a method, made only when a notebook shows a record."""


def room(name: str) -> str | None:
    """Return the room of a dotted module name, ``None`` outside the package."""
    parts = name.split(".")
    return parts[1] if parts[0] == "dragoman" and len(parts) > 1 else None


def imports(path: Path) -> set[str]:
    """Return the rooms that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module]
    names += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    return {found for name in names if (found := room(name))}


def test_imports_run_one_way() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if here.startswith("__"):
            continue
        wrong += [
            f"{path.name}: {here} imports {other}"
            for other in imports(path)
            if other in ORDER
            and ORDER.index(other) > ORDER.index(here)
            and (here, other) not in LAZY
        ]
    assert wrong == []


def test_every_room_has_its_place() -> None:
    rooms = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in PACKAGE.rglob("*.py")}
    assert rooms - {"__init__", "__main__"} == set(ORDER)


def test_only_feeds_reach_the_network() -> None:
    """A reader, a coder or a store that could connect to a host is a fault."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] == "feeds":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module]
        names += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        wrong += [f"{path.name}: {n}" for n in names if n.split(".")[0] in NETWORK]
    assert wrong == []
