"""Which country a phrase says its head belongs to.

In the order of trust: a name inside the phrase ("Iranian"), its possessor ("Iran's"), its
apposition, the of-, in- or from-phrase behind it, and what it stands in apposition to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import case_of, children, conjuncts

if TYPE_CHECKING:
    from dragoman.coding.who.names import Name
    from dragoman.coding.who.parties import PartyReader
    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Token

MAX_DEPTH = 4
"""Of-phrases followed inwards: "chief of the army of the republic of X"."""
NOWHERE = (None, "no country in the phrase")

Found = tuple[str | None, str]
"""A country's code and how it was read."""


class Countries:
    """Reads the countries of one sentence's phrases."""

    def __init__(self, reader: PartyReader) -> None:
        """Take the reader of the sentence's parties: owners and homes are parties too."""
        self.reader = reader
        self.phrases = reader.phrases
        self.words = reader.words

    def of(self, token: Token, *, sends: bool = False) -> Found:
        """Return the country that the head of a phrase belongs to, and how that was read.

        Args:
            token: head of the phrase.
            sends: the head is sent: an ambassador "to" a country is not that country's.
        """
        inside = self._inside(token)
        if inside or self.words.has("others", token):
            return inside or NOWHERE  # "Russia's allies" are not Russian, "Arab allies" are Arab
        return (
            self._owner(token)
            or self._apposition(token, sends=sends)
            or self._behind(token, sends=sends)
            or self._before(token)
            or NOWHERE
        )

    def _named(self, token: Token) -> list[Name]:
        """Return the names in a phrase that bear a country: persons' names left out."""
        names = self.phrases.core_names(token)
        return [
            n
            for n in names
            if n.entry.code and n.entry.kind != "person" and not self._is_surname(n)
        ]

    def _is_surname(self, name: Name) -> bool:
        """Whether a name ends a person's: "Steve Israel"."""
        ent = self.phrases.ents.get(name.start)
        return ent is not None and ent.label_ == "PERSON" and ent.start < name.start

    def _inside(self, token: Token) -> Found | None:
        """Return the country of a name in the phrase: states before bodies, then origins."""
        foreign = self.words.has("others", token)
        names = [n for n in self._named(token) if not foreign or n.entry.kind == "adjective"]
        if not names:
            return None
        name = min(names, key=lambda n: (self.phrases.origin(n), n.entry.kind == "organisation"))
        return name.entry.code, f"{self.phrases.text_of(name)!r} stands in the phrase"

    def _owner(self, token: Token) -> Found | None:
        """Return the country of a possessor: "Iran's", "their"."""
        for child in children(token, "nmod:poss"):
            owner = self.reader.one(child, 1)
            if owner and owner[0].entity.code:
                return owner[0].entity.code, f"possessor {child.text!r}"
        return None

    def _apposition(self, token: Token, *, sends: bool) -> Found | None:
        """Return the country that an apposition gives: "X, the French minister"."""
        for child in self.reader.apposed(token):
            if self.words.has("kin", child):
                continue  # "the son of Dominican immigrants"
            found = self.of(child, sends=sends)
            if found[0]:
                return found
        return None

    def _behind(self, token: Token, *, sends: bool) -> Found | None:
        """Return the country of what follows: "of Iran", "from Iran"."""
        home = self.home(token, sends=sends)
        return (home.entity.code, f"{home.entity.entity_text!r} follows") if home else None

    def _before(self, token: Token) -> Found | None:
        """Return the country of the phrase that a name stands in apposition to."""
        if token.dep_ not in ("appos", "flat", "compound"):
            return None
        names = self._named(token.head)
        if not names:
            return None
        return names[-1].entry.code, f"{self.phrases.text_of(names[-1])!r} stands before"

    def home(self, token: Token, *, sends: bool = False) -> Party | None:
        """Return the state or body that a phrase after the head puts it in: "of", "in", "from"."""
        homes = self.homes(token, sends=sends)
        return homes[0] if homes else None

    def homes(self, token: Token, depth: int = 0, *, sends: bool = False) -> list[Party]:
        """Return every state or body in the of-, in- or from-phrases of a head."""
        if depth > MAX_DEPTH:
            return []
        for child in token.children:
            if self._is_home(child, sends=sends):
                found = self._in_home(child, depth)
                if found:
                    return found
        return []

    def _is_home(self, child: Token, *, sends: bool) -> bool:
        """Whether a phrase can say where its head belongs."""
        if not child.dep_.startswith(("nmod", "obl")) or child.dep_ == "nmod:poss":
            return False
        case, lists = case_of(child), self.words.lists
        return case in lists["home_links"] and not (sends and case in lists["posted_links"])

    def _in_home(self, child: Token, depth: int) -> list[Party]:
        """Return the parties with a country in one such phrase."""
        found = [p for c in conjuncts(child) for p in self.reader.one(c, 1) if p.entity.code]
        if found:
            return found
        core = [self.phrases.of_name(n) for n in self._named(child)]
        deeper = case_of(child) == "of"  # "in support of X" puts nobody in X
        return core[-1:] or (self.homes(child, depth + 1) if deeper else [])
