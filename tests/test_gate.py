"""The gate stops what cannot hold an event and never what the coder would code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dragoman.language.gate import Gate, Need, Start
from dragoman.lexicon import Lexicon
from dragoman.lexicon.demands import demands

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.coding.coder import Coder

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports.jsonl"
EXAMPLES_OF_IT = "examples: [{text: Peru did it to Chile.}]"
QUIET = "Many trees blossom. It was late."
NEWS = "Turkey expelled three Greek diplomats on Friday."


@pytest.fixture
def gate_of(tmp_path: Path) -> Callable[..., Gate]:
    """Compile the gate of a lexicon that holds frames made by hand, one for each argument."""

    def make(*frames: str) -> Gate:
        (tmp_path / "events").mkdir()
        (tmp_path / "words.yaml").write_text("arms: [gun, rifle]\n")
        (tmp_path / "light.yaml").write_text("light_verbs: [hold]\npassive_light_verbs: [face]\n")
        entries = [
            f"  - {{id: aid.made.f{number}, {frame}, {EXAMPLES_OF_IT}}}"
            for number, frame in enumerate(frames)
        ]
        text = "\n".join(["event: AID", "frames:", *entries])
        (tmp_path / "events" / "aid.yaml").write_text(text)
        return Gate.of(demands(Lexicon.load(tmp_path)))

    return make


@pytest.mark.parametrize(
    ("frame", "passing", "stopped"),
    [
        ("verbs: [give]", "Peru gave guns", "Peru got guns"),
        ("verbs: [give]", "GAVE", ""),
        ("verbs: [call off]", "Peru called it all off", "Off they called"),
        ("verbs: [call out of]", "called it out of", "called it of out"),
        ("nouns: [phone call]", "a phone call", "a call by phone"),
        ("nouns: [sit-in]", "the sit - in", "the sit in"),
        ("adjectives: [ready]", "Peru is ready", "Peru readies"),
        ("verbs: [give], when: {obj: [$arms]}", "gave rifles", "gave flowers"),
        ("verbs: [give], when: {obj: [$arms, <none>]}", "gave", "took rifles"),
        ("verbs: [give], when: {obj: [$arms, <any>]}", "gave flowers", "took rifles"),
        ("verbs: [give], when: {obj: [$arms, <actor>]}", "gave flowers", "took rifles"),
        ("verbs: [gun], when: {obj: [$arms]}", "gun for guns", "gun for flowers"),
        ("verbs: [gun], when: {obj: [$arms]}", "gun a gun", "they gun"),
        ("verbs: [make], when: {obj: [arms deal]}", "made an arms deal", "made arms in a deal"),
        ("verbs: [make], when: {obj: [cease-fire]}", "made a cease - fire", "made a cease fire"),
        ("verbs: [say], when: {clause: [say no to]}", "says no to arms", "says to know no"),
        ("verbs: [say], when: {clause: [must]}", "said it must", "said it did"),
        ("verbs: [say], when: {clause: [must, <actor>]}", "said it must", "said Peru did"),
        ("verbs: [give], when: {to: [<any>]}", "gave to", "gave"),
        ("verbs: [give], when: {to: [<any>, <none>]}", "gave", "got to"),
        ("verbs: [give], when: {to: [<actor>]}", "gave to Peru", "gave Peru"),
        ("verbs: [give], when: {obj.of: [<any>]}", "gave out of", "gave"),
        ("verbs: [give], when: {to.owner: [<any>]}", "gave to", "gave"),
        ("verbs: [give], when: {comp.subj: [peru]}", "gave that Peru", "gave that Chile"),
        ("verbs: [go], when: {place: [<any>]}", "went near", "went for"),
        ("verbs: [go], when: {comp: [<infinitive>]}", "went to", "went"),
        ("nouns: [talk], when: {obj: [<any>]}", "talk on", "talk to"),
        ("nouns: [talk], when: {obj: [<any>]}", "facing talks", "held talks"),
        ("verbs: [talk], when: {obj: [<any>]}", "talk", ""),
        ("verbs: [free], when: {gov: [free]}", "freed", "jailed"),
    ],
)
def test_demands(gate_of: Callable[..., Gate], frame: str, passing: str, stopped: str) -> None:
    gate = gate_of(frame)
    assert gate.passes(passing.split())
    assert not gate.passes(stopped.split())


def test_an_event_as_filler_must_start_by_itself(gate_of: Callable[..., Gate]) -> None:
    """A frame that waits for an event is let through by what starts that event."""
    gate = gate_of("verbs: [agree], when: {comp: [<AID>]}", "verbs: [give]")
    assert "agree" not in gate.starts
    assert gate.passes(["agreed", "to", "give"])
    assert not gate.passes(["agreed", "to", "take"])


def test_places_are_where_events_start() -> None:
    starts = [("send", Start((Need(frozenset({"aid"})),))), ("aid", Start(before=("food",)))]
    gate = Gate.of(starts)
    assert list(gate.places(["they", "Send", "food", "aid"])) == [1, 3]
    assert list(gate.places(["they", "send", "it"])) == []


def test_a_start_without_demands_makes_others_idle() -> None:
    gate = Gate.of([("aid", Start((Need(frozenset({"food"})),))), ("aid", Start())])
    assert gate.starts["aid"] == (Start(),)


@pytest.mark.parametrize("text", [NEWS, "A deal was signed in Geneva.", "Police fired tear gas."])
def test_news_is_parsed(coder: Coder, text: str) -> None:
    assert coder.code(text).parsed == 1


@pytest.mark.parametrize("text", [QUIET, "The trees blossom.", "", "42", "...!?"])
def test_what_holds_no_event_is_not_parsed(coder: Coder, text: str) -> None:
    assert coder.code(text).parsed == 0


def test_what_stands_before_an_event_is_parsed_and_nothing_behind(coder: Coder) -> None:
    coded = coder.code(f"{QUIET} {NEWS} {QUIET}")
    assert (coded.sentences, coded.parsed) == (5, 3)


def test_costs_no_event(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the gate open every example report gives the same mentions, field by field."""
    rows = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    gated = [coder.code(r["text"], published=r["published"]) for r in rows]
    monkeypatch.setattr(type(coder.gate), "passes", lambda *_: True)
    opened = [coder.code(r["text"], published=r["published"]) for r in rows]
    assert [c.mentions for c in gated] == [c.mentions for c in opened]
    assert [c.events for c in gated] == [c.events for c in opened]
    assert sum(c.parsed for c in opened) > sum(c.parsed for c in gated)
