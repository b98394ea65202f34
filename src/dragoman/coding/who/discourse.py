"""Follow who is spoken of through a report: the parties of every sentence, pronouns included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.who.memory import Memory, last_name
from dragoman.coding.who.parties import PartyReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.actors import Knowledge
    from dragoman.coding.who.party import Party, Words
    from dragoman.language.tree import Span


def remember(reader: PartyReader) -> None:
    """Tell the report's memory whom a finished sentence named."""
    reader.memory.close_sentence(reader.all(), reader.places())


def follow(
    sentences: Iterable[Span], knowledge: Knowledge, words: Words, published: str | None = None
) -> Iterator[list[Party]]:
    """Yield the parties of each sentence of a report, as the coder reads them, in text order.

    Args:
        sentences: parsed sentences, in the order of the report.
        knowledge: what is known of actors.
        words: the word lists of ``who.yaml``.
        published: publication date, for offices held at that time.
    """
    memory = Memory(published, frozenset(knowledge.states))
    for sentence in sentences:
        reader = PartyReader(sentence, knowledge, memory, words)
        found = [party for token in sentence for party in reader.one(token)]
        remember(reader)
        yield sorted(found, key=lambda party: party.head)


def identity(party: Party) -> tuple[str, str]:
    """Return who a party is in its report: two parties of one identity are the same.

    The name decides: a person's last, a body's or state's own. A party without a name is the one it
    refers to, else nobody but itself.
    """
    if party.antecedent is not None:
        return identity(party.antecedent)
    name = party.entity.identifier_text
    if party.kind == "person" or (party.kind == "role" and name):
        return "person", last_name(name or party.entity.entity_text)
    if name is not None and party.kind != "people":
        return "name", name
    if party.kind == "role" and party.entity.code and not (party.plural or party.entity.office):
        return "role", f"{party.key[0]} {party.key[1]}"  # "the Albanian government", twice
    return "here", f"{party.sentence}:{party.head}"
