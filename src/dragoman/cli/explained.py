"""How an explanation looks on a terminal."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.cli.colours import PART_NAMES, PARTS, type_style
from dragoman.cli.plain import plain
from dragoman.cli.table import place_text, said_text, what_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from dragoman.explain import Explanation, Fired, Found, Missed, SentenceExplained, Word

NEAREST = 6
"""Frames that nearly fired which are shown for each word."""


def explanation(explained: Explanation, marked: frozenset[str] = frozenset()) -> Group:
    """Return an explanation as a person reads it.

    Args:
        explained: what ``dragoman.explain.explain`` returned.
        marked: ids of the mentions that were asked for.
    """
    return Group(*(part for s in explained.sentences for part in _sentence(explained, s, marked)))


def _sentence(
    explained: Explanation, sentence: SentenceExplained, marked: frozenset[str]
) -> Iterator[RenderableType]:
    """Yield the parts of one sentence's explanation."""
    day = explained.report.published
    date = f"published {day}" if day else "no publication date"
    head = f"sentence {sentence.number}, {sentence.segment}, {date}"
    yield Rule(Text(plain(head)), align="left")
    yield Padding(highlighted(sentence), (0, 0, 0, 2))
    if sentence.fired:
        yield Padding(legend(), (0, 0, 0, 2))
    yield from _section("Parse", _tree(sentence.words))
    if sentence.passed_over:
        yield from _section("Not read", Text(plain(sentence.passed_over)))
        return
    if sentence.found:
        yield from _section("Found", _found(sentence))
    events: list[RenderableType] = [_fired(item, marked) for item in sentence.fired]
    none = Text("none: no frame fired and found a party with a country")
    yield from _section("Events", *(events or [none]))
    if sentence.missed:
        yield from _section("Nearly", _missed(sentence.missed))


def _section(name: str, *parts: RenderableType) -> Iterator[RenderableType]:
    """Yield a heading and what stands under it, indented."""
    yield Text(f"\n{name}", style="bold")
    for part in parts:
        yield Padding(part, (0, 0, 0, 2))


def highlighted(sentence: SentenceExplained) -> Text:
    """Return the sentence with its evidence in colours; later parts lie over earlier ones."""
    marks = [_shown(character) for character in sentence.text]
    starts = [0]
    for mark in marks:
        starts.append(starts[-1] + len(mark))
    text = Text("".join(marks))
    for name in reversed(PARTS):
        for fired in sentence.fired:
            for span in getattr(fired.mention.evidence, name):
                first, last = span.start - sentence.start, span.end - sentence.start
                if 0 <= first < last <= len(marks):
                    text.stylize(PARTS[name], starts[first], starts[last])
    return text


def _shown(character: str) -> str:
    """Return a character as the terminal may have it; white space is a space."""
    return " " if character.isspace() else plain(character)


def legend() -> Text:
    """Return what the colours mean."""
    return Text("  ").join(Text(PART_NAMES[name], style=style) for name, style in PARTS.items())


def _grid(*styles: str) -> Table:
    """Return a table without lines; the last column takes the room that is left."""
    grid = Table.grid(padding=(0, 2))
    for style in styles[:-1]:
        grid.add_column(style=style, overflow="fold")
    grid.add_column(style=styles[-1], ratio=1, overflow="fold")
    return grid


# -- the parse ---------------------------------------------------------------------


def _tree(words: Iterable[Word]) -> Table:
    """Return a parse as an indented tree: word, tag, relation and head."""
    known = {word.index: word for word in words}
    below: dict[int, list[Word]] = defaultdict(list)
    roots = []
    for word in known.values():
        if word.head == word.index or word.head not in known:
            roots.append(word)
        else:
            below[word.head].append(word)
    grid = _grid("", "dim", "italic", "dim")
    for word, guide in _walk(roots, below):
        head = known.get(word.head)
        of = f"of {head.text}" if head is not None and head is not word else ""
        label = Text(guide, style="dim") + Text(plain(word.text), style="bold")
        grid.add_row(label, word.tag, Text(word.relation), Text(plain(of)))
    return grid


def _walk(roots: list[Word], below: dict[int, list[Word]]) -> Iterator[tuple[Word, str]]:
    """Yield every word with the lines that lead to it; no recursion, a parse may be deep."""
    stack = [(word, "", "") for word in reversed(roots)]
    while stack:
        word, guide, trunk = stack.pop()
        yield word, guide
        children = below[word.index]
        for child in reversed(children):
            last = child is children[-1]
            stack.append(
                (child, trunk + ("└ " if last else "├ "), trunk + ("  " if last else "│ "))
            )


# -- what was found ----------------------------------------------------------------


def _found(sentence: SentenceExplained) -> Table:
    """Return the names, dates and places, a line for each stretch of words."""
    by_span: dict[tuple[int, int], list[Found]] = defaultdict(list)
    for item in sentence.found:
        by_span[item.start, item.end].append(item)
    grid = _grid("bold", "")
    for items in by_span.values():
        line = Text("; ").join(
            Text(f"{item.kind}: ", style="dim").append(plain(item.means), style="default")
            for item in items
        )
        grid.add_row(Text(plain(items[0].text)), line)
    return grid


# -- events ------------------------------------------------------------------------


def _fired(fired: Fired, marked: frozenset[str]) -> Group:
    """Return one event with how each of its fields came about."""
    mention = fired.mention
    head = what_text((mention.event,), mention.mode, mention.aux)
    head.append(f"  {mention.frame}", style="dim")
    if mention.id in marked:
        head.append("  ← asked for", style="bold")
    grid = _grid("dim", "")
    for name, value in _rows(fired):
        grid.add_row(name, value)
    return Group(head, Padding(grid, (0, 0, 0, 2)))


def _rows(fired: Fired) -> Iterator[tuple[str, Text]]:
    """Yield the lines of one event."""
    mention = fired.mention
    yield "trigger", Text(plain(" … ".join(fired.trigger)), style=PARTS["trigger"])
    for role in ("actor", "recipient"):
        yield role, _sought(fired, role)
        yield from (("", line) for line in _read(fired, role))
    if mention.event != fired.frame_type:
        yield "type", _changed(fired)
    if mention.context:
        yield "context", Text(", ".join(mention.context))
    yield "date", Text(_dated(fired))
    yield "place", place_text(mention.event_loc) or Text("not stated")
    if mention.attribution is not None:
        cue = Text(f"  by the word {plain(repr(mention.attribution.cue))}", style="dim")
        yield "said by", said_text(mention.attribution) + cue
    yield "confidence", _confidence(fired)


def _sought(fired: Fired, role: str) -> Text:
    """Return the slots in which a party was sought, those with words in them first to last."""
    slots = [slot for slot in fired.slots if slot.role == role]
    if not slots:
        return Text("the frame seeks none", style="dim")
    filled = [f"{s.slot} = {', '.join(s.words)}" for s in slots if s.words]
    empty = [s.slot for s in slots if not s.words]
    parts = [*filled, *([f"nothing in {', '.join(empty)}"] if empty else [])]
    return Text(plain("; ".join(parts)), style="dim")


def _read(fired: Fired, role: str) -> Iterator[Text]:
    """Yield the parties of a role: name, codes, and how they were got."""
    for party in fired.parties:
        if party.role != role:
            continue
        codes = " ".join((party.code or "?", *party.sector))
        name = f" = {party.name}" if party.name and party.name != party.text else ""
        line = Text(plain(f"{party.text}{name}"), style=PARTS[role])
        line.append(f" [{plain(codes)}]", style="bold")
        line.append(f"  {plain(party.why or party.kind)}", style="dim")
        yield line


def _changed(fired: Fired) -> Text:
    """Return what a rule of the ontology made of the frame's type."""
    line = Text(fired.frame_type, style=type_style(fired.frame_type))
    line.append(" becomes ")
    line.append(fired.mention.event, style=type_style(fired.mention.event))
    line.append("  by what the sentence says of its time and truth", style="dim")
    return line


def _dated(fired: Fired) -> str:
    """Return an event's date and what it was reckoned from."""
    mention, info = fired.mention, fired.mention.date_info
    days = " to ".join(filter(None, (mention.date, mention.enddate))) or "not stated"
    if info is None:
        return f"{days}, the day of publication" if mention.date else days
    anchor = f" against {info.anchor}" if info.anchor else ""
    return plain(f"{days}, from {info.text!r}{anchor} ({info.granularity})")


def _confidence(fired: Fired) -> Text:
    """Return the confidence and what made it."""
    line = Text(f"{fired.mention.confidence:.2f}", style="bold")
    parts = [f"{name.replace('_', ' ')} {add:+.2f}" for name, add in fired.weights.items() if add]
    line.append(f"  {', '.join(parts)}" if parts else "", style="dim")
    return line


# -- what nearly was ----------------------------------------------------------------


def _missed(missed: Iterable[Missed]) -> Table:
    """Return the frames that nearly fired, the nearest of each word."""
    by_word: dict[str, list[Missed]] = defaultdict(list)
    for item in missed:
        by_word[item.trigger].append(item)
    grid = _grid("bold", "", "dim")
    for word, items in by_word.items():
        for number, item in enumerate(items[:NEAREST]):
            first = Text(plain(word)) if number == 0 else Text("")
            grid.add_row(first, Text(item.frame), Text(plain(item.reason)))
        if len(items) > NEAREST:
            grid.add_row("", Text(f"and {len(items) - NEAREST} more", style="dim"), "")
    return grid
