"""The page of commands, made from the commands themselves.

``python -m dragoman.cli.reference`` writes ``docs/commands.md``; a test fails while the
page is not what this module makes.
"""

from __future__ import annotations

import inspect
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin
from typing import get_type_hints as hints_of

import typer

from dragoman.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HEAD = """# Commands

This page is made from the commands by `python -m dragoman.cli.reference`; change the
docstrings in `src/dragoman/cli/`, not this page. `dragoman COMMAND --help` says the same.

Exit codes: 0 done, 1 below a floor (`evaluate`), not whole (`store check`) or with sentences that
fail (`lexicon check`), 2 something given cannot be used (a line for each fault says what was found,
what was expected and what to do), 130 interrupted.
"""


class Parameter(NamedTuple):
    """An argument or option of a command."""

    names: tuple[str, ...]
    """``--out``, ...; empty for an argument."""
    value: str
    """What stands for its value; empty for a flag."""
    help: str
    """What it does."""
    default: str
    """Its default as text; empty when there is none worth naming."""


def commands_page() -> str:
    """Return the page, Markdown."""
    return "\n".join([_HEAD, *(_command(name) for name in names())])


def names() -> list[str]:
    """Return the name of every command, ``store check`` for one of a group."""
    return [
        full
        for name, _ in COMMANDS
        for full in ([f"{name} {inner}" for inner in _inner(name)] or [name])
    ]


def _inner(name: str) -> list[str]:
    """Return the names of a group's commands; none for a command by itself."""
    found = getattr(import_module(f"dragoman.cli.{name}"), name)
    if not isinstance(found, typer.Typer):
        return []
    return [info.callback.__name__ for info in found.registered_commands if info.callback]


def _function(name: str) -> Callable[..., Any]:
    """Return the function behind a command."""
    first, _, last = name.partition(" ")
    module = import_module(f"dragoman.cli.{first}")
    function: Callable[..., Any] = getattr(module, last or first)
    return function


def parameters(name: str) -> list[Parameter]:
    """Return the arguments and options of a command, in order."""
    function = _function(name)
    signature = inspect.signature(function).parameters
    hints = hints_of(function, include_extras=True)
    return [_parameter(n, hints[n], p.default) for n, p in signature.items()]


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    """Return one parameter from its annotation."""
    kind, info = get_args(hint)
    dashed = f"--{name.replace('_', '-')}"
    given = (info.default, *(info.param_decls or ()))
    names = tuple(d for d in given if isinstance(d, str) and d.startswith("-")) or (dashed,)
    is_option = type(info).__name__ == "OptionInfo"
    return Parameter(
        names=names if is_option else (),
        value="" if kind is bool else info.metavar or _kind(kind, name),
        help=info.help or "",
        default=str(default) if isinstance(default, (str, int)) and default else "",
    )


def _kind(hint: Any, name: str) -> str:
    """Return what stands for a value without a name of its own: choices, type, or its name."""
    inner = next((a for a in get_args(hint) if a is not type(None)), hint)
    if get_origin(hint) is Literal:
        return "|".join(map(str, get_args(hint)))
    return {Path: "PATH", int: "N"}.get(inner if isinstance(inner, type) else hint, name.upper())


def _command(name: str) -> str:
    """Return a command's section."""
    function = _function(name)
    taken = parameters(name)
    usage = " ".join(["dragoman", name, *(p.value for p in taken if not p.names), "[OPTIONS]"])
    parts = [f"## dragoman {name}\n", f"```\n{usage}\n```\n", _about(function.__doc__ or "")]
    table = ["| argument or option | does |", "|---|---|", *map(_row, taken)]
    return "\n".join([*parts, "\n".join(table), ""])


def _row(parameter: Parameter) -> str:
    """Return a parameter's row."""
    parts = [*parameter.names, *([parameter.value] if parameter.value else [])]
    default = f" Default: `{parameter.default}`." if parameter.default else ""
    return (
        f"| {' '.join(f'`{_cell(part)}`' for part in parts)} | {_cell(parameter.help)}{default} |"
    )


def _about(text: str) -> str:
    """Return a command's docstring with its examples as blocks of code."""
    return "\n".join(_blocks(inspect.cleandoc(text))) + "\n"


def _blocks(text: str) -> Iterator[str]:
    """Yield paragraphs, and examples between fences; a fence holds neighbouring examples."""
    examples: list[str] = []
    for paragraph in [*re.split(r"\n\s*\n", text), ""]:
        if paragraph.startswith("    "):
            examples.append(inspect.cleandoc(paragraph))
            continue
        if examples:
            yield "```console\n" + "\n".join(f"$ {line}" for line in examples) + "\n```\n"
            examples = []
        if paragraph:
            yield f"{paragraph}\n"


def _cell(text: str) -> str:
    """Return a text as it may stand in a table."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    # The path is relative to the folder of the project.
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/commands.md")
    target.write_text(commands_page(), "utf-8")
