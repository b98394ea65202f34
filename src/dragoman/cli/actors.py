"""``dragoman actors``: who a name is, and dictionaries of one's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from dragoman.actors import Knowledge
from dragoman.actors.codes import Roles
from dragoman.actors.conflicts import conflicts, described
from dragoman.actors.own import Options, convert, merge, read_own, write
from dragoman.actors.schema import ActorKind
from dragoman.cli.options import as_date
from dragoman.cli.plain import plain
from dragoman.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.actors import Entry
    from dragoman.actors.converted import Converted
    from dragoman.actors.schema import ActorsFile

SHOWN = 20
"""Lines of a kind that ``add`` prints; ``check`` prints them all."""

actors = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
Own = Annotated[
    Path | None,
    typer.Option("--actors", help="Your own actors, a .yaml file or a folder of them, as well."),
]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="Dictionaries: TABARI or PETRARCH actors or agents, a Wikidata query's result (.csv,"
        " .tsv, .json), or our own .yaml.",
    ),
]
Kind = Annotated[
    ActorKind | None,
    typer.Option(help="What every actor of the files is; guessed from codes and offices without."),
]
RolesOf = Annotated[
    Roles, typer.Option(help="Whose role codes the files use: MED is the media or health.")
]
Sector = Annotated[
    str, typer.Option(metavar="CODES", help="Sectors of a query's actors that state none: GOV,PTY.")
]
On = Annotated[
    str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The day of the report.")
]


@actors.callback()
def _about() -> None:
    """Look names up in the base of actors, and bring dictionaries of your own.

    dragoman actors show Kabila --on 1999-05-01

    dragoman actors add old.actors --to my-actors.yaml
    """


@actors.command()
def add(  # noqa: PLR0913, PLR0917 - one argument an option
    files: Files,
    to: Annotated[
        Path, typer.Option(metavar="PATH", help="Your own file, .yaml; made where there is none.")
    ],
    kind: Kind = None,
    roles: RolesOf = "cameo",
    sector: Sector = "",
    dry_run: Annotated[bool, typer.Option(help="Say what would happen; write nothing.")] = False,
) -> None:
    """Read dictionaries and merge them into your own file.

        dragoman actors add Countries.actors.txt Phoenix.agents.txt --to my-actors.yaml

        dragoman actors add ministers.csv --to my-actors.yaml --sector GOV

    Then code with them: dragoman code news.csv --actors my-actors.yaml. Lines that cannot be
    read are listed with their reason, and so is what the shipped base reads otherwise; yours
    comes first. An entry of the same name takes the older one's place in your file.
    """
    base, options = Knowledge.load(), _options(kind, roles, sector)
    if to.suffix not in {".yaml", ".yml"}:
        raise InputError(f"--to {to}: expected a .yaml file; name one, as in my-actors.yaml")
    own = read_own(to)
    for path in files:
        found = convert(path, base, options)
        own, added, replaced = merge(own, found)
        _tell(path, found, added, replaced)
        _list("conflict", [str(c) for c in conflicts(found.file, base)])
    if dry_run:
        return
    write(to, own)
    Knowledge.load(to)
    typer.echo(f"written to {plain(str(to))}; use it: dragoman code ... --actors {plain(str(to))}")


@actors.command()
def check(files: Files, kind: Kind = None, roles: RolesOf = "cameo", sector: Sector = "") -> None:
    """Report every fault of a dictionary at once, and where the shipped base reads otherwise.

        dragoman actors check my-actors.yaml

    Conflicts are no faults: yours come first. With a fault the exit code is 2.
    """
    base, options = Knowledge.load(), _options(kind, roles, sector)
    faults: list[str] = []
    for path in files:
        try:
            faults += _check(path, base, options)
        except (DataError, InputError) as error:
            faults += str(error).splitlines()
    if faults:
        raise DataError(faults)
    typer.echo("no faults")


@actors.command()
def show(
    name: Annotated[str, typer.Argument(help="A name as a text has it.")],
    on: On = None,
    own: Own = None,
) -> None:
    """Say who a name is on a day, first what the coder takes.

        dragoman actors show Kabila --on 1999-05-01

    Readings that held on the day come first, and among them your own.
    """
    day = as_date(on, "--on")
    known, base = Knowledge.load(own), Knowledge.load()
    found = [entry for entry in known.lookup(name, day) if entry.matches(name)]
    role = known.role(name)
    if not found and role is None:
        raise InputError(f"{name!r}: not in the base; look for a longer or shorter form of it")
    shipped = set(base.lookup(name))
    for entry in found:
        source = "shipped" if entry in shipped else "yours"
        typer.echo(plain(f"{_at(entry, day)} ({source})"))
    if role is not None:
        typer.echo(plain(f"role word: {' '.join(role.sector) or 'no sector'}, {role.name}"))


@actors.command(name="list")
def list_(
    code: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only actors of a country or code: NOR, IGO.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Only a kind: person, group, ...")] = None,
    on: On = None,
    own: Own = None,
) -> None:
    """List actors: name, kind, code, sectors, days.

        dragoman actors list --code NOR --kind person --on 2015-06-01

    Without a choice it lists thousands.
    """
    day = as_date(on, "--on")
    seen: set[tuple[str, str, str | None]] = set()
    for entry in _canonical(Knowledge.load(own)):
        fits = (not code or entry.code == code) and (not kind or entry.kind == kind)
        mark = (entry.kind, entry.name, entry.code)
        if fits and entry.holds_on(day) and mark not in seen:
            seen.add(mark)
            typer.echo(plain(_at(entry, day)))


@actors.command()
def counts(own: Own = None) -> None:
    """Count what the base holds: actors and names by kind, role words by sector.

        dragoman actors counts --actors my-actors.yaml

    The page docs/actors.md has its numbers from here.
    """
    known = Knowledge.load(own)
    names = Counter(e.kind for found in known.phrases.values() for e in found)
    kinds = Counter(kind for kind, _, _ in {(e.kind, e.name, e.code) for e in _canonical(known)})
    table = Table("kind", "actors", "names")
    for kind in sorted(names):
        table.add_row(kind, f"{kinds[kind]:,}", f"{names[kind]:,}")
    table.add_row("role word", "", f"{len(known.roles.words):,}")
    Console().print(table)


# -- what the commands share ---------------------------------------------------------------


def _options(kind: ActorKind | None, roles: Roles, sector: str) -> Options:
    """Return what was said of the files."""
    return Options(kind, roles, tuple(part.strip() for part in sector.split(",") if part.strip()))


def _check(path: Path, base: Knowledge, options: Options) -> list[str]:
    """Return the faults of one file, and print its conflicts."""
    own: ActorsFile
    if path.suffix in {".yaml", ".yml"} or path.is_dir():
        Knowledge.load(path)
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        for file in map(read_own, files):
            _list("conflict", [str(c) for c in conflicts(file, base)], None)
        return []
    found = convert(path, base, options)
    own = found.file
    _list("conflict", [str(c) for c in conflicts(own, base)], None)
    return [f"{path}: {skipped}" for skipped in found.skipped]


def _tell(path: Path, found: Converted, added: int, replaced: Iterable[str]) -> None:
    """Print what was read of a file."""
    words = sum(len(g.titles) + len(g.agents) + len(g.collective) + len(g.sends)
                for g in found.roles)  # fmt: skip
    typer.echo(
        f"{plain(str(path))}: {found.read:,} entries read, {added:,} actors and {words:,} role"
        f" words added, {found.known:,} known alike, {len(found.skipped):,} lines left out"
    )
    _list("left out", [str(skipped) for skipped in found.skipped])
    _list("replaced in your file", replaced)


def _list(what: str, lines: Iterable[str], most: int | None = SHOWN) -> None:
    """Print lines under a heading each, at most so many, on standard error."""
    lines = list(lines)
    for line in lines[:most]:
        typer.echo(f"{what}: {plain(line)}", err=True)
    if most is not None and len(lines) > most:
        typer.echo(f"{what}: {len(lines) - most:,} more; dragoman actors check lists all", err=True)


def _at(entry: Entry, day: str | None) -> str:
    """Return an entry on one line, with the office and sector of a day."""
    office, sector = entry.office_on(day), entry.sector_on(day)
    text = described(entry)
    if entry.kind == "person" and sector:
        text = f"{entry.code} {' '.join(sector)}: {office or 'no office'}; {text}"
    return f"{entry.form}: {text}"


def _canonical(known: Knowledge) -> Iterator[Entry]:
    """Yield the readings of every canonical name, in the order of the alphabet."""
    for key in sorted(known.phrases):
        yield from (entry for entry in known.phrases[key] if entry.form == entry.name)
