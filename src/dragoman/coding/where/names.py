"""Whether words are the name of a place, by the words beside them and the names of the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.where.gazetteer_data import places, verbs, words

if TYPE_CHECKING:
    from dragoman.coding.where.atlas import Atlas
    from dragoman.coding.where.gazetteer_data import Candidate
    from dragoman.language.tree import Span, Token

PERSONS = frozenset({"PERSON", "PER"})
NAMED_OTHER = PERSONS | {"ORG", "NORP", "MISC", "EVENT"}
NAMED_PLACE = frozenset({"LOC", "GPE", "FAC"})
KNOWN_LABELS = NAMED_OTHER | NAMED_PLACE
LONGEST_UNKNOWN = 4
"""The same for one that the gazetteer does not know."""
LONGEST = 6
"""Tokens in the longest place name that is looked for."""
LARGE = 100_000
"""Inhabitants from which a name that is not the canonical one is believed on its own."""
TOWN = 20_000
"""The same for the canonical name."""


class Words:
    """The tokens of a sentence, asked about names."""

    def __init__(self, sentence: Span, atlas: Atlas) -> None:
        """Take a sentence; its words are read once."""
        self.sentence = sentence
        self.atlas = atlas
        self.doc = sentence.doc
        self._text = self.doc.text
        self._at = [(t.idx, t.idx + len(t.text)) for t in sentence]
        self._words = [self._text[start:end] for start, end in self._at]

    def word(self, index: int) -> str:
        """Return the text of a token of the sentence, "" beyond its ends."""
        place = index - self.sentence.start
        return self._words[place] if 0 <= place < len(self._words) else ""

    def token(self, index: int) -> Token | None:
        """Return a token of the sentence, ``None`` beyond its ends."""
        inside = self.sentence.start <= index < self.sentence.end
        return self.doc[index] if inside else None

    def text(self, start: int, end: int) -> str:
        """Return the words of tokens ``start`` to ``end`` - 1, white space single."""
        first, last = self._at[start - self.sentence.start], self._at[end - 1 - self.sentence.start]
        return " ".join(self._text[first[0] : last[1]].split())

    def name(self, start: int, end: int) -> str:
        """Return the words as the gazetteer writes them: "Al-Bab" for "al-Bab"."""
        text = self.text(start, end)
        return text[:1].upper() + text[1:]

    def reach(self, start: int) -> int:
        """Return the end of the words from a token on that can belong to one name."""
        end = start + 1
        while end < self.sentence.end and end - start < LONGEST:
            word = self.word(end)
            if (
                not word[:1].isupper()
                and word not in words("small")
                and word not in words("airport_heads")
            ):
                break
            end += 1
        return end

    def labels(self, start: int, end: int) -> set[str]:
        """Return the kinds of name that the parse gives some tokens."""
        return {t.ent_type_ for t in self.doc[start:end]} & KNOWN_LABELS

    # -- names the gazetteer does not know -----------------------------------------

    def named(self, start: int) -> int:
        """Return the end of a place that the parse names at a token; ``start`` when it has none.

        What the gazetteer does not know is believed only behind a preposition of place, and
        when it is no body: "in Karak Castle", not "the Karak Castle Company".
        """
        token = self.doc[start]
        if token.ent_iob_ != "B" or token.ent_type_ not in NAMED_PLACE:
            return start
        end = start + 1
        while end < self.sentence.end and self.doc[end].ent_iob_ == "I" and self.word(end) != ",":
            end += 1
        while end > start and not self.word(end - 1)[-1:].isalnum():
            end -= 1
        body = self.word(end - 1) in words("organisations") or end - start > LONGEST_UNKNOWN
        plain = end - start == 1 and (token.is_stop or token.text in words("never"))
        return start if plain or body or not self._after_preposition(start) else end

    def told(self, start: int) -> int:
        """Return the end of an unknown name that other words tell to be a place.

        A word for a kind of place stands before it or after it ("the village of Jibu", "Michika
        town"), or a preposition that never stands before a person ("at An Loc").
        """
        end = start + 1
        reach = self.reach(start)
        while end < reach and (self.word(end)[:1].isupper() or self.word(end) in words("joints")):
            end += 1
        while end > start and not self.word(end - 1)[:1].isupper():
            end -= 1
        if end <= start or end - start > LONGEST_UNKNOWN or not self._is_name(start, end):
            return start
        labels = self.labels(start, end)
        if self.after_kind(start) or (self.before_kind(end) and "MISC" not in labels):
            return end
        beside = self._after_preposition(start, "sure") or self._taken(start, "held")
        return end if beside and not labels & NAMED_OTHER else start

    def _is_name(self, start: int, end: int, *, bodies: bool = False) -> bool:
        """Whether words can be an unknown name: proper, no date, no body, no people."""
        plain = any(self.word(i) in words("dates") for i in range(start, end))
        proper = all(
            t.pos_ in ("PROPN", "X", "") or not t.text[:1].isupper() for t in self.doc[start:end]
        )
        text = self.text(start, end)
        body = not bodies and self.word(end - 1) in words("organisations")
        taken = body or self.word(start) in words("never")
        return proper and not plain and not taken and not self.atlas.countries.other(text)

    def after_kind(self, start: int) -> bool:
        """Whether "the town of" or "a village called" stands before a name."""
        kind = self.word(start - 2).lower() in words("kinds_of")
        return kind and (self.word(start - 1) == "of" or self.word(start - 1) in words("calling"))

    def before_kind(self, end: int) -> bool:
        """Whether a word for a kind of place stands behind a name: "Michika town"."""
        return self.word(end) in words("kinds_of") or self.word(end) in words("kinds_behind")

    def starts(self, index: int) -> bool:
        """Whether a name can begin at a token: a capital, or "al-" before one."""
        if self.word(index)[:1].isupper():
            return True
        return (
            self.word(index) in words("articles")
            and self.word(index + 1) == "-"
            and self.word(index + 2)[:1].isupper()
        )

    def site(self, start: int) -> int:
        """Return the end of a name that ends in a kind of place: "Tishreen Power Plant"."""
        end = self.reach(start)
        while end > start + 1 and self.word(end - 1) not in words("sites"):
            end -= 1
        if end <= start + 1 or not self._is_name(start, end, bodies=True):
            return start
        body = self.labels(start, end) & {"ORG"}
        return end if not body or self._after_preposition(start) or self._taken(start) else start

    def _taken(self, start: int, kind: str = "taken") -> bool:
        """Whether a verb that takes places stands before a name: "captured Birao"."""
        before = self.token(start - 1)
        while before is not None and (
            before.lower_ == "the" or before.text.title() in words("directions")
        ):
            before = self.token(before.i - 1)
        return before is not None and before.lower_ in verbs(kind)

    def street(self, start: int) -> int:
        """Return the end of a street's name at a token; ``start`` when there is none."""
        if self.word(start) in words("roads") and self.word(start + 1)[:1].isdigit():
            return start + 2
        for end in range(start + 1, start + 4):
            word = self.word(end)
            if word in words("streets"):
                saint = word == "St." and self.word(end + 1)[:1].isupper()
                return start if saint else end + 1
            if not word[:1].isupper() and not word[:1].isdigit():
                break
        return start

    # -- names the gazetteer knows ---------------------------------------------------

    def inside_other(self, start: int, end: int) -> bool:
        """Whether the parse has the words inside the name of a body: "University of Tehran"."""
        return self.labels(start, end) == {"ORG"}

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether the words are a whole name, not part of a person's or organisation's."""
        labels = self.labels(start, end)
        if labels & NAMED_OTHER:
            return self._whole(start, end) and self._placed(start, end)
        return bool(labels) or (self._left_free(start) and self._right_free(start, end))

    def _whole(self, start: int, end: int) -> bool:
        """Whether the words are all of a name of the parse."""
        following = self.token(end)
        return self.doc[start].ent_iob_ == "B" and (following is None or following.ent_iob_ != "I")

    def _placed(self, start: int, end: int) -> bool:
        """Whether the words beside a name make it a place, whatever the parse calls it."""
        told = (
            self.after_kind(start)
            or self._after_preposition(start, "sure")
            or self.before_kind(end)
        )
        if told or self.atlas.is_placed(self.text(start, end)):
            return True
        return self.atlas.countries.state(self.text(start, end)) is not None

    def _left_free(self, start: int) -> bool:
        """Whether the word before does not belong to the same name ("Jack London")."""
        before = self.token(start - 1)
        if before is None:
            return True
        if before.text in words("titles"):
            return False
        joined = before.idx + len(before) == self.doc[start].idx
        if before.text == "-" and joined:
            return False
        if before.lower_ == "of":
            owner = self.token(start - 2)
            return owner is None or owner.text not in words("organisations")
        free = before.is_stop or before.text in words("directions") or before.text in words("dates")
        return (
            free
            or not before.text[:1].isupper()
            or before.lower_ in words("locative")
            or self._is_country(start - 1)
        )

    def _right_free(self, start: int, end: int) -> bool:
        """Whether the word after does not belong to the same name ("Paris Hilton")."""
        following = self.token(end)
        if following is None or following.is_stop or not following.text[:1].isupper():
            hyphen = following is not None and following.text == "-"
            return not (hyphen and not self.doc[end - 1].whitespace_)
        if following.text in words("organisations"):
            return False
        beside = following.text in words("dates") or following.text in places()["words"]["kinds"]
        return beside or self._is_country(end) or self._after_preposition(start)

    def _is_country(self, index: int) -> bool:
        """Whether one token names a country ("Israel West Bank")."""
        return self.atlas.countries.state(self.doc[index].text) is not None

    def _after_preposition(self, start: int, kind: str = "locative") -> bool:
        """Whether a locative preposition stands before, a direction or article between."""
        before = self.token(start - 1)
        if before is not None and (
            before.text.title() in words("directions") or before.lower_ == "the"
        ):
            before = self.token(before.i - 1)
        return before is not None and before.lower_ in words(kind) - {"and"}

    def believed(self, start: int, end: int, best: Candidate) -> bool:
        """Whether the words are the place and no homograph of it: "Reading", "Bush", "Nice"."""
        text = self.text(start, end)
        labels = self.labels(start, end)
        if best.kind == "country" or self.after_kind(start):
            return True
        if best.kind == "city" and self.atlas.countries.other(text):
            return self._after_preposition(start, "sure")
        if text in words("never") or (end - start == 1 and _is_common(self.doc[start])):
            return False
        if best.kind != "city" or labels & NAMED_PLACE or self.atlas.is_placed(text):
            return True
        if text in words("guarded") and text not in words("unguarded"):
            return self._after_preposition(start, "sure")
        large = best.population >= (TOWN if best.exact else LARGE)
        return large or self._after_preposition(start, "sure") or self._taken(start)

    def level_beside(self, start: int, end: int) -> int | None:
        """Return the level that "X province" or "the province of X" tells."""
        kinds: dict[str, int] = places()["words"]["kinds"]
        following, before, kind = self.token(end), self.token(start - 1), self.token(start - 2)
        if following is not None and following.text in kinds:
            return kinds[following.text]
        if before is not None and before.lower_ == "of" and kind is not None:
            return kinds.get(kind.text)
        return None

    def may_be_people(self, start: int) -> bool:
        """Whether an adjective or people's name stands for itself, in no person's name."""
        return not self.labels(start, start + 1) & PERSONS

    # -- words before a name -----------------------------------------------------------

    def with_direction(self, start: int) -> int:
        """Return where a name begins with the direction before it: "southern Lebanon"."""
        before = self.token(start - 1)
        if before is None or before.text.title() not in words("directions"):
            return start
        return start - 1

    def is_near(self, first: int) -> bool:
        """Whether a place is only near the one named: "near Kismayo"."""
        before = self.token(first - 1)
        return before is not None and before.lower_ in words("beside_only")


def _is_common(token: Token) -> bool:
    """Whether a capitalised word is no name: a stop word, or tagged as no noun."""
    return token.is_stop or (bool(token.pos_) and token.pos_ not in ("PROPN", "NOUN", "X"))
