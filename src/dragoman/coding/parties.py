"""Who: read the parties that a noun phrase names.

``PartyReader`` takes the head of a phrase and returns the parties it stands for,
each with its country, sector, office and the characters it was read from. What is
read is said in ``Party.why``, which ``dragoman explain`` shows. The words used come
from the knowledge base (``actors``) and from ``data/who.yaml``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.clauses import case_of, children, conjuncts
from dragoman.coding.party import Office, Party, Words, as_sectors, replace_entity
from dragoman.coding.phrases import Phrases
from dragoman.record import Entity

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dragoman.actors import Entry, Knowledge
    from dragoman.coding.memory import Memory
    from dragoman.coding.names import Name

NAMED = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X", "PRON", "DET"})
AGENTIVE_KINDS = frozenset(
    {"state", "capital", "seat", "organisation", "group", "person", "region"}
)
OFFICE_REACH = 12
"""Words between an office and the name that ends its phrase at most."""
MAX_DEPTH = 4
"""Of-phrases followed inwards: "chief of the army of the republic of X"."""


class PartyReader:
    """Reads the parties of one sentence; made anew for every sentence."""

    def __init__(self, sentence: Span, knowledge: Knowledge, memory: Memory, words: Words) -> None:
        """Find the known names and the person and organisation names of a sentence."""
        self.sentence = sentence
        self.knowledge = knowledge
        self.memory = memory
        self.words = words
        self.phrases = Phrases(sentence, knowledge, words, memory.published)
        self._cache: dict[int, list[Party]] = {}

    def parties(self, head: Token) -> list[Party]:
        """Return the parties a phrase names, coordinated ones included; none when it names none."""
        found: list[Party] = []
        for token in conjuncts(head):
            found += self._one(token)
            found += [
                p for c in token.children if case_of(c) == "including" for p in self.parties(c)
            ]
        found = self._share(found)
        return list({p.key: p for p in reversed(found)}.values())[::-1]

    def owners(self, head: Token, *, wide: bool) -> list[Party]:
        """Return the parties inside a phrase: its possessor, demonym, of- or by-phrase.

        Args:
            head: head of the phrase.
            wide: take any prepositional phrase ("in", "from", "with", ...) as well.
        """
        if head.pos_ == "PROPN" and self.words.has("works", head):
            return []  # "the Cuban Adjustment Act" is no act of Cuba's
        names = [n for n in self.phrases.core_names(head) if n.entry.kind != "person"]
        bodies = [
            self.phrases.of_name(n) for n in names if n.entry.kind in ("group", "organisation")
        ]
        if bodies:
            return bodies
        for child in children(head, "nmod:poss"):
            found = self.parties(child)
            if found:
                return found
        if names:
            return [self.phrases.of_name(name) for name in names]
        links = self.words.lists["owner_links_wide" if wide else "owner_links"]
        for child in head.children:
            if child.dep_.startswith(("nmod", "obl")) and case_of(child) in links:
                found = self.parties(child)
                if found:
                    return found
        return []

    def all(self) -> list[Party]:
        """Return every party the sentence names, in order: what later pronouns may mean."""
        found: list[Party] = []
        for token in self.sentence:
            if token.pos_ in ("PROPN", "NOUN") and token.dep_ not in ("compound", "flat", "amod"):
                found += self._one(token)
        return found

    def _one(self, token: Token, depth: int = 0) -> list[Party]:
        """Return the parties of one word and what depends on it, coordination left out."""
        if token.i in self._cache:
            return self._cache[token.i]
        self._cache[token.i] = []
        self._cache[token.i] = self._read(token, depth)
        return self._cache[token.i]

    def _read(self, token: Token, depth: int) -> list[Party]:
        """Choose how a word is read: pronoun, name, office, group of people."""
        name = self.phrases.name_at.get(token.i)
        if depth > MAX_DEPTH or (token.pos_ not in NAMED and name is None):
            return []
        if token.pos_ in ("PRON", "DET") and name is None:
            return self._pronoun(token)
        if (
            name is not None
            and name.entry.kind in AGENTIVE_KINDS
            and not self._modifies(name, token)
        ):
            return self._from_name(name, token)
        ent = self.phrases.ents.get(token.i)
        if name is None and (person := self._person_name(token, ent)) is not None:
            return [self._person(person, token, None)]
        if (
            name is not None
            and name.entry.kind == "adjective"
            and token.pos_ in ("PROPN", "NOUN", "ADJ")
        ):
            return self._people_of(name, token)
        return self._common(token, ent, depth)

    def _modifies(self, name: Name, token: Token) -> bool:
        """Whether a name only modifies the phrase's true head."""
        return token.i >= name.end

    # -- names -----------------------------------------------------------------

    def _from_name(self, name: Name, token: Token) -> list[Party]:
        """Return the party a known name stands for."""
        entry = name.entry
        if entry.kind == "person":
            return [self._known_person(name, token)]
        role = self.phrases.role_in(token)
        party = self.phrases.of_name(name)
        inside = role is not None and name.start <= role.start < name.end
        if entry.kind in ("state", "region", "capital") and role is not None and not inside:
            return [self._office(token, role)]
        return [party]

    def _people_of(self, name: Name, token: Token) -> list[Party]:
        """Return the people a demonym names: "Palestinians", "the French"."""
        party = self.phrases.of_name(name)
        plural = token.tag_ in ("NNS", "NNPS")
        entity = (
            replace_entity(party.entity, sector=tuple(name.entry.sector) or ("CVL",))
            if plural
            else party.entity
        )
        home = self._home(token) if plural else None
        if home is not None and home.entity.code:
            entity = replace_entity(entity, code=home.entity.code)
        return [replace(party, entity=entity, kind="people" if plural else "state", plural=plural)]

    # -- persons ---------------------------------------------------------------

    def _person(self, text: str, token: Token, entry: Entry | None) -> Party:
        """Return a named person with what the sentence, the report and the knowledge base say."""
        start, end = self.phrases.extent(token)
        span = self.sentence.doc[start:end]
        role = self._role_of_apposition(token) or self.phrases.role_in(token)
        known = self.memory.person(text)
        sector, office = (
            (role.sector, role.words)
            if role and role.sector
            else ((), role.words if role else None)
        )
        code, why = self._country_of(token, sends=bool(role and role.sends))
        if known is not None:
            code, why = (
                (known.code, f"{text!r} was named before in the report")
                if known.code
                else (code, why)
            )
            sector, office = known.sector or sector, known.office or office
        if entry is not None:
            code, why = (
                (code, why) if code else (entry.code, f"{entry.name} stands in the knowledge base")
            )
            sector = sector or entry.sector_on(self.memory.published)
            office = office or entry.office_on(self.memory.published)
        full = (
            known.identifier_text
            if known and known.identifier_text and text in known.identifier_text
            else text
        )
        entity = Entity(
            code=code,
            sector=as_sectors(sector),
            entity_text=span.text,
            identifier_text=entry.name if entry else full,
            identifier_id=entry.wikidata if entry else None,
            office=office,
        )
        self.memory.keep_person(entity)
        return Party(entity, token.i, span.start_char, span.end_char, "person", why=why)

    def _known_person(self, name: Name, token: Token) -> Party:
        """Return the person of the knowledge base, or the report's own of that name.

        A single name counts only where the text does not give a longer one: "Munir" may be
        the general, "Munir Khan" is not.
        """
        ent = self.phrases.ents.get(token.i)
        single = name.end - name.start == 1
        if single and ent is not None and ent.label_ == "PERSON" and ent.end - ent.start > 1:
            return self._person(ent.text, token, None)
        known = self.memory.person(token.text)
        if (
            single
            and known is not None
            and known.identifier_text
            and " " in known.identifier_text
            and known.identifier_text != name.entry.name
        ):
            return self._person(token.text, token, None)
        return self._person(name.entry.name, token, name.entry)

    def _person_name(self, token: Token, ent: Span | None) -> str | None:
        """Return the name of the person a word names: tagged so, under a title, or met before."""
        if ent is not None and ent.label_ == "PERSON":
            return ent.text
        if token.pos_ != "PROPN" or self.knowledge.role(token.lower_) is not None:
            return None
        before = self.sentence.doc[token.i - 1] if token.i > self.sentence.start else None
        title = (
            self.knowledge.role(before.lower_)
            if before is not None and before.head == token
            else None
        )
        if (
            title is not None
            and title.is_title
            and before is not None
            and before.text[:1].isupper()
        ):
            return token.text
        return token.text if self.memory.person(token.text) is not None else None

    # -- offices and groups of people -------------------------------------------

    def _common(self, token: Token, ent: Span | None, depth: int) -> list[Party]:  # noqa: PLR0911
        """Return the parties of a common noun or an unknown name."""
        if self.words.has("ours", token) and token.tag_ == "NN":
            states = [
                p
                for _, p in self._earlier(token)
                if p.kind in ("state", "region") and p.entity.code
            ]
            recalled = states[-1] if states else self.memory.last_state()
            determined = any(
                c.lower_ in ("the", "this", "that", "their", "its", "his", "her")
                for c in token.children
            )
            if determined and recalled and not self.phrases.core_names(token):
                return [self._as_recalled(recalled, token)]
        if self._means_pair(token):
            return [self._as_recalled(p, token) for p in self._pair_before(token)]
        if self.words.has("transparent", token):
            inner = self._through(token, depth)
            if inner:
                return inner
        role = self.phrases.role_in(token) if token.pos_ != "ADJ" else None
        if role is not None and role.start <= token.i:
            return [p for p in self._offices(token, role) if p.entity.code or p.entity.sector]
        if ent is not None and ent.label_ == "ORG":
            return self._unknown_body(ent, token)
        apposed = self._apposition_of(token, depth)
        if apposed:
            return apposed
        return []

    def _apposed(self, token: Token) -> list[Token]:
        """Return the appositions of a word, those read as a list without "and" included."""
        loose = [
            c
            for c in children(token, "conj")
            if not children(c, "cc") and self.phrases.role_in(c) is not None
        ]
        named = token.i in self.phrases.ents and self.phrases.ents[token.i].label_ == "PERSON"
        return children(token, "appos") + (loose if named else [])

    def _apposition_of(self, token: Token, depth: int) -> list[Party]:
        """Return the parties of an apposition: "X, a group of rebels"."""
        if token.pos_ != "PROPN":
            return []
        for child in children(token, "appos"):
            found = self._one(child, depth + 1)
            if found:
                return found
        return []

    def _means_pair(self, token: Token) -> bool:
        """Whether a phrase means the last two parties together: "the two sides"."""
        if (
            not self.words.has("pairs", token)
            or token.tag_ != "NNS"
            or self.phrases.core_names(token)
        ):
            return False
        return any(c.lower_ in self.words.lists["pair_words"] for c in token.children)

    def _pair_before(self, token: Token) -> list[Party]:
        """Return the two parties last named together, in this sentence or before it."""
        here = {
            p.entity.code: p
            for _, p in self._earlier(token)
            if p.kind in ("state", "capital", "region", "group")
        }
        return list(here.values()) if len(here) == 2 else self.memory.last_pair()

    def _through(self, token: Token, depth: int) -> list[Party]:
        """Return the parties of the of-phrase of a word such as "thousands" or "members"."""
        role = self.phrases.role_in(token)
        for child in token.children:
            if child.dep_.startswith("nmod") and case_of(child) == "of":
                found = [p for c in conjuncts(child) for p in self._one(c, depth + 1)]
                if role is not None and role.sector:
                    found = [self._with_role(p, role) for p in found]
                if found:
                    return [self._widen(p, token) for p in found]
        return []

    def _with_role(self, party: Party, role: Office) -> Party:
        """Give a party the sector of the office that its name completes."""
        keep = party.entity.sector or as_sectors(role.sector)
        return replace(party, entity=replace_entity(party.entity, sector=keep, office=role.words))

    def _widen(self, party: Party, token: Token) -> Party:
        """Let a party's characters begin at the word that counts it."""
        start = min(party.start, token.idx)
        text = self.sentence.doc.text[start : party.end]
        return replace(
            party, start=start, entity=replace_entity(party.entity, entity_text=text), plural=True
        )

    def _offices(self, token: Token, role: Office) -> list[Party]:
        """Return one party for each country an office is said to be of."""
        names = [
            n
            for n in self.phrases.core_names(token)
            if n.entry.kind in ("adjective", "state", "region", "capital", "group", "organisation")
        ]
        if len(names) > 1 and self.phrases.coordinated(names):
            return [self._office(token, role, self.phrases.of_name(n)) for n in names]
        if not names and token.tag_ in ("NNS", "NNPS"):
            homes = self._homes(token)
            if len(homes) > 1:
                return [self._office(token, role, home) for home in homes]
        return [self._office(token, role)]

    def _office(self, token: Token, role: Office, of: Party | None = None) -> Party:
        """Return the holder of an office or a group with a role."""
        left, right = self.phrases.extent(token)
        span = self.sentence.doc[left:right]
        if of is not None:
            code, why = (
                of.entity.code,
                f"{role.words!r} of {of.entity.identifier_text or of.entity.entity_text}",
            )
            sector = as_sectors(role.sector) + tuple(
                s for s in of.entity.sector if of.kind in ("group", "organisation")
            )
        else:
            code, why = self._country_of(token, sends=role.sends)
            sector = as_sectors(role.sector)
        named = self._apposed_person(token)
        entity = Entity(
            code=code or (named.code if named else None),
            sector=tuple(dict.fromkeys(sector)),
            entity_text=span.text,
            identifier_text=named.identifier_text if named else None,
            office=role.words if role.is_title else None,
        )
        if named is not None and named.identifier_text:
            self.memory.keep_person(entity)
        return Party(
            entity,
            token.i,
            span.start_char,
            span.end_char,
            "role",
            plural=token.tag_ in ("NNS", "NNPS"),
            why=why,
        )

    def _apposed_person(self, token: Token) -> Entity | None:
        """Return the person named in apposition to an office, after it, or as its own name."""
        following = self._named_after(token)
        if following is not None:
            return following
        for child in children(token, "appos", "flat", "nmod:desc", "compound"):
            ent = self.phrases.ents.get(child.i)
            if ent is not None and ent.label_ == "PERSON":
                known = self.memory.person(ent.text)
                return known or Entity(entity_text=ent.text, identifier_text=ent.text)
            name = self.phrases.name_at.get(child.i)
            if name is not None and name.entry.kind == "person":
                e = name.entry
                return Entity(
                    code=e.code,
                    sector=tuple(e.sector),
                    entity_text=child.text,
                    identifier_text=e.name,
                )
        return None

    def _named_after(self, token: Token) -> Entity | None:
        """Return the person whose name ends an office's phrase: "Chief of Staff of X, Y"."""
        doc = self.sentence.doc
        for index in range(token.i + 1, min(token.i + OFFICE_REACH, self.sentence.end)):
            between = doc[index]
            ent = self.phrases.ents.get(index)
            if ent is not None and ent.label_ == "PERSON":
                return self.memory.person(ent.text) or Entity(
                    entity_text=ent.text, identifier_text=ent.text
                )
            if (name := self.phrases.capitals_after(index)) is not None:
                return self.memory.person(name) or Entity(entity_text=name, identifier_text=name)
            if between.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ") or between.text in ("(", ";", ":"):
                return None
        return None

    def _unknown_body(self, ent: Span, token: Token) -> list[Party]:
        """Return an organisation that the knowledge base does not hold."""
        code, why = self._country_of(token)
        role = self.knowledge.role(ent.root.text.lower())
        sector = as_sectors(role.sector) if role else ()
        if not code and not sector:
            return []
        entity = Entity(code=code, sector=sector, entity_text=ent.text, identifier_text=ent.text)
        return [Party(entity, token.i, ent.start_char, ent.end_char, "organisation", why=why)]

    # -- country ---------------------------------------------------------------

    def _country_of(self, token: Token, *, sends: bool = False) -> tuple[str | None, str]:
        """Return the country a phrase says its head belongs to, and how that was read."""
        names = [
            n for n in self.phrases.core_names(token) if n.entry.code and n.entry.kind != "person"
        ]
        for name in sorted(names, key=lambda n: n.entry.kind == "organisation"):
            if name.entry.code:
                return (
                    name.entry.code,
                    f"{self.sentence.doc[name.start : name.end].text!r} stands in the phrase",
                )
        for child in children(token, "nmod:poss"):
            owner = self._one(child, 1)
            if owner and owner[0].entity.code:
                return owner[0].entity.code, f"possessor {child.text!r}"
        for child in self._apposed(token):
            code, why = self._country_of(child, sends=sends)
            if code:
                return code, why
        home = self._home(token, sends=sends)
        if home is not None:
            return home.entity.code, f"{home.entity.entity_text!r} follows"
        if token.dep_ == "appos" or token.dep_ in ("flat", "compound"):
            head = token.head
            names = [
                n
                for n in self.phrases.core_names(head)
                if n.entry.code and n.entry.kind != "person"
            ]
            if names:
                return (
                    names[-1].entry.code,
                    f"{self.sentence.doc[names[-1].start : names[-1].end].text!r} stands before",
                )
        return None, "no country in the phrase"

    def _home(self, token: Token, *, sends: bool = False) -> Party | None:
        """Return the state or body that a phrase after the head puts it in: "of", "in", "from"."""
        homes = self._homes(token, sends=sends)
        return homes[0] if homes else None

    def _homes(self, token: Token, depth: int = 0, *, sends: bool = False) -> list[Party]:
        """Return every state or body in the of-, in- or from-phrases of a head."""
        if depth > MAX_DEPTH:
            return []
        for child in token.children:
            if not child.dep_.startswith(("nmod", "obl")) or child.dep_ == "nmod:poss":
                continue
            if case_of(child) not in self.words.lists["home_links"] or (
                sends and case_of(child) == "to"
            ):
                continue
            found = [p for c in conjuncts(child) for p in self._one(c, 1) if p.entity.code]
            if not found:
                core = [
                    self.phrases.of_name(n) for n in self.phrases.core_names(child) if n.entry.code
                ]
                found = core[-1:] or self._homes(child, depth + 1)
            if found:
                return found
        return []

    # -- roles -----------------------------------------------------------------

    def _role_of_apposition(self, token: Token) -> Office | None:
        """Return the office that an apposition gives a person, on either side."""
        for child in self._apposed(token):
            role = self.phrases.role_in(child)
            if role is not None:
                return role
        if token.dep_ in ("appos", "flat", "compound", "nmod:desc"):
            return self.phrases.role_in(token.head)
        return None

    # -- pronouns --------------------------------------------------------------

    def _pronoun(self, token: Token) -> list[Party]:
        """Return what a pronoun means: the nearest fitting party before it."""
        lists = self.words.lists
        earlier = self._earlier(token)
        if token.lower_ in lists["he"]:
            found = self.memory.recall(
                earlier, kinds=("person", "role"), before=token.i, plural=False
            )
            return [self._as_recalled(found, token)] if found else []
        if token.lower_ in lists["it"]:
            found = self.memory.recall(
                earlier,
                kinds=("state", "organisation", "group", "capital", "seat", "region", "role"),
                before=token.i,
                plural=False,
            )
            return [self._as_recalled(found, token)] if found else []
        if token.lower_ in lists["they"]:
            return [
                self._as_recalled(p, token)
                for p in self.memory.recall_many(earlier, before=token.i)
            ]
        return []

    def _earlier(self, token: Token) -> list[tuple[bool, Party]]:
        """Return the parties named before a pronoun in its sentence; ``True`` marks subjects."""
        found: list[tuple[bool, Party]] = []
        for other in self.sentence:
            if other.i >= token.i:
                break
            if other.pos_ in ("PROPN", "NOUN") and other.dep_ not in (
                "compound",
                "flat",
                "amod",
                "nmod:poss",
            ):
                subject = other.dep_.startswith("nsubj")
                found += [(subject, p) for p in self._one(other)]
        return found

    def _as_recalled(self, party: Party, token: Token) -> Party:
        """Return a party spoken of before, read here from a pronoun or a stand-in."""
        entity = replace_entity(party.entity, entity_text=token.text)
        why = f"{token.text!r} means {party.entity.identifier_text or party.entity.entity_text}"
        return replace(
            party, entity=entity, head=token.i, start=token.idx, end=token.idx + len(token), why=why
        )

    def _share(self, parties: list[Party]) -> list[Party]:
        """Give coordinated offices without a country the country of their neighbour."""
        codes = [p.entity.code for p in parties if p.entity.code]
        if len(parties) < 2 or not codes:
            return parties
        return [
            replace(p, entity=replace_entity(p.entity, code=codes[0]))
            if not p.entity.code and p.kind == "role"
            else p
            for p in parties
        ]
