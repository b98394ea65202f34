"""The addresses of review: what they show, what they write, whom they turn away."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from review_cases import events, make, mentions
from starlette.testclient import TestClient

from dragoman.review.ledger import ledger_of, read_ledger
from dragoman.web.app import create_app
from dragoman.web.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.coding.coder import Coder

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """A record."""
    return make(tmp_path_factory.mktemp("review") / "news.duckdb", coder)


@pytest.fixture(scope="module", autouse=True)
def labels() -> Iterator[None]:
    """Read the names of codes once: they take a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Labels, "load", cache(Labels.load))
        yield


@pytest.fixture
def record(tmp_path: Path, coded: Path) -> Path:
    """The record, to be judged."""
    return Path(shutil.copy(coded, tmp_path))


@pytest.fixture
def ada(record: Path) -> Iterator[TestClient]:
    """A reviewer with a name."""
    with browser(record) as client:
        client.post("/review/name", data={"reviewer": "Ada"})
        yield client


def browser(record: Path, **how: Any) -> TestClient:
    """Return a browser at a room."""
    return TestClient(create_app(record, **how), base_url="http://127.0.0.1", headers=HTML)


def asked(client: TestClient, address: str = "/review/judge", **query: Any) -> dict[str, Any]:
    """Return a page as JSON."""
    found = client.get(address, params={**query, "as": "json"})
    assert found.status_code == 200, found.text
    return found.json()


def send(client: TestClient, action: str, mention: str = "", **fields: Any) -> Any:
    """Send a form; return the answer, not followed."""
    data = {"action": action, "mention": mention, **fields}
    return client.post("/review/judge", data=data, follow_redirects=False)


def lines(record: Path) -> list[Any]:
    """Return the ledger."""
    return list(read_ledger(ledger_of(record)))


# -- the reviewer ----------------------------------------------------------------------


def test_nobody_judges_without_a_name(record: Path) -> None:
    client = browser(record)
    assert client.get("/review/judge", follow_redirects=False).headers["location"] == "/review"
    assert "Who are you?" in client.get("/review").text
    assert send(client, "accept", mentions(record)[0].id).status_code == 422
    assert not ledger_of(record).exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "A\nda", "\x07"])
def test_a_bad_name_is_told(record: Path, name: str) -> None:
    found = browser(record).post("/review/name", data={"reviewer": name})
    assert found.status_code == 422
    assert "1 to 80 characters" in found.text


def test_any_good_name_is_kept(record: Path) -> None:
    client = browser(record)
    for name in ("Zoë Ångström", "<script>", 'a"; x=1', "ليلى", "%41"):
        client.post("/review/name", data={"reviewer": name})
        assert asked(client, "/review")["reviewer"] == name
    assert "<script>alert" not in client.get("/review").text


def test_the_program_can_name_the_reviewer(record: Path) -> None:
    client = browser(record, reviewer="Grace")
    assert asked(client)["reviewer"] == "Grace"


# -- one after the other ---------------------------------------------------------------


def test_judging_goes_through_every_mention_once_and_resumes(ada: TestClient, record: Path) -> None:
    seen = []
    for number in range(4):
        page = asked(ada)
        assert (page["done"], page["size"]) == (number, 4)
        seen.append(page["mention"])
        found = send(ada, "accept", page["mention"])
        assert found.status_code == 303
        assert "said=accepted" in found.headers["location"]
    assert sorted(seen) == sorted(m.id for m in mentions(record))
    done = asked(ada)
    assert done["mention"] is None
    assert "Every sentence of this queue has been judged" in ada.get("/review/judge").text
    assert [line.about.mention for line in lines(record)] == seen
    assert {line.drawn for line in lines(record)} == {"all"}


def test_two_reviewers_meet_the_same_mentions(ada: TestClient, record: Path) -> None:
    eve = browser(record)
    eve.post("/review/name", data={"reviewer": "Eve"})
    first = asked(ada)["mention"]
    send(ada, "reject", first)
    assert asked(eve)["mention"] == first
    assert asked(eve, at=first)["mine"] is None
    assert asked(eve, at=first)["opinions"] == []  # what the other said is not told
    send(eve, "accept", first)
    assert asked(ada, "/review")["disputes"] == 1
    settling = asked(ada, disputes="1")
    assert settling["mention"] == first
    assert [o["label"] for o in settling["opinions"]] == ["rejected", "accepted"]
    send(ada, "reject", first, disputes="1")
    overview = asked(ada, "/review")
    assert overview["disputes"] == 0
    assert overview["agreed"]["mentions"] == 1
    assert overview["agreed"]["share"] == 0.0
    assert asked(ada, disputes="1")["mention"] is None


def test_undo_goes_back_step_by_step(ada: TestClient, record: Path) -> None:
    one = asked(ada)["mention"]
    send(ada, "accept", one)
    two = asked(ada)["mention"]
    send(ada, "correct", two, field="date", value="2024-01-01")
    send(ada, "reject", two)
    for back in (two, two, one):
        found = send(ada, "undo", two)
        assert f"at={back.replace(':', '%3A')}" in found.headers["location"]
    assert "said=nothing" in send(ada, "undo", two).headers["location"]
    assert asked(ada)["done"] == 0
    assert len(lines(record)) == 6  # nothing was taken out


def test_a_queue_of_one_type_and_of_one_event(ada: TestClient, record: Path) -> None:
    page = asked(ada, type="ASSAULT")
    assert (page["size"], page["fields"][0]["read"]) == (2, "ASSAULT")
    send(ada, "accept", page["mention"], type="ASSAULT")
    assert lines(record)[-1].drawn == "type"
    event = next(e["event"] for e in events(record) if e["type"] == "SANCTION")
    page = asked(ada, event=event)
    assert (page["size"], page["line"]["id"]) == (1, event)
    send(ada, "accept", page["mention"], event=event)
    assert lines(record)[-1].drawn is None
    figures = {f["type"]: f["judged"] for f in asked(ada, "/review")["figures"]}
    assert figures == {"all": 0, "ASSAULT": 1}


# -- fields ----------------------------------------------------------------------------


def test_corrections_are_shown_and_can_be_corrected_again(ada: TestClient) -> None:
    name = asked(ada)["mention"]
    for value in ("2024-01-01", "", "2024-01-02 to 2024-01-05"):
        found = send(ada, "correct", name, field="date", value=value)
        assert found.status_code == 303, found.text
        page = asked(ada, at=name)
        date = next(f for f in page["fields"] if f["name"] == "date")
        assert (date["text"], date["corrected"]) == (value, True)
        assert page["mine"]["label"] == "corrected"
        assert page["mine"]["corrections"] == {"date": value}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("UKR: Izium", "UKR: Izium @ 49.2"),  # GeoNames has one of them
        ("UKR: Izium @ 1, 2", "UKR: Izium @ 1, 2"),
        ("USA: Springfield", "USA: Springfield"),  # there are many: none is guessed
        ("UKR: Nowhere at All", "UKR: Nowhere at All"),
    ],
)
def test_a_corrected_place_has_coordinates_where_one_is_meant(
    ada: TestClient, given: str, kept: str
) -> None:
    mention = asked(ada)["mention"]
    send(ada, "correct", mention, field="place", value=given)
    fields = asked(ada, at=mention)["fields"]
    text = next(field["text"] for field in fields if field["name"] == "place")
    assert text.startswith(kept)
    assert ("@" in text) == ("@" in kept)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "Friday"),
        ("event", "WAR"),
        ("mode", "flying"),
        ("context", "weather"),
        ("actor", "Iran"),
        ("actor", "IRN XXX: Iran"),
        ("aux", "perhaps"),
        ("size", "dead=many"),
        ("source", "IRN: Iran"),
        ("place", "UKR UKR: Kharkiv"),
        ("colour", "red"),
        ("actor", "IRN: " + "x" * 301),
    ],
)
def test_a_wrong_value_is_told_and_kept_to_be_mended(
    ada: TestClient, record: Path, field: str, value: str
) -> None:
    found = send(ada, "correct", asked(ada)["mention"], field=field, value=value)
    assert found.status_code == 422
    assert 'role="alert"' in found.text
    if field != "colour":
        assert f'value="{value}"' in found.text
    assert not lines(record)


# -- joining ---------------------------------------------------------------------------


def test_split_and_join_by_form(ada: TestClient, record: Path) -> None:
    event = next(e["event"] for e in events(record) if e["type"] == "ASSAULT")
    page = asked(ada, event=event)
    assert [a["this"] for a in page["accounts"]].count(True) == 1
    other = next(a["id"] for a in page["accounts"] if a["id"] != event)
    assert send(ada, "split", page["mention"], of=event, accounts=[other]).status_code == 303
    assert asked(ada, event=event)["moved"][0]["verdict"] == "split"
    assert ">split<" in ada.get(f"/events/{event}").text
    assert send(ada, "join", page["mention"], of=event, accounts=[other]).status_code == 303
    assert ">split<" not in ada.get(f"/events/{event}").text
    found = [(line.verdict, line.accounts, line.of) for line in lines(record)]
    assert found == [("split", [other], event), ("join", [other], event)]


def test_nothing_is_split_or_joined_that_is_not_there(ada: TestClient, record: Path) -> None:
    alone = asked(ada, type="SANCTION")["line"]["id"]
    page = asked(ada, type="ASSAULT")
    event = page["line"]["id"]
    every = [a["id"] for a in page["accounts"]]
    for action, fields, status in (
        ("split", {"of": event}, 422),
        ("split", {"of": event, "accounts": every}, 422),
        ("join", {"of": event}, 422),
        ("join", {"of": alone, "accounts": [alone]}, 422),
        ("join", {"of": event, "accounts": ["nobody"]}, 404),
        ("join", {"of": "nobody", "accounts": every}, 404),
    ):
        assert send(ada, action, page["mention"], **fields).status_code == status
    assert not lines(record)


def test_events_that_may_be_the_same_are_offered(ada: TestClient) -> None:
    assert asked(ada, type="THREATEN")["near"] == []


# -- an event's page -------------------------------------------------------------------


def test_an_events_page_says_what_review_did(ada: TestClient, record: Path) -> None:
    event = next(e["event"] for e in events(record) if e["type"] == "THREATEN")
    assert "rejected in review" not in ada.get(f"/events/{event}").text
    send(ada, "reject", asked(ada, event=event)["mention"])
    assert "rejected in review" in ada.get(f"/events/{event}").text


# -- the room, narrowed down by what review says -----------------------------------------


def reviewed(client: TestClient, query: str = "aux=any") -> dict[str, int]:
    """Return what the room's facet of reviews counts."""
    facets = client.get(f"/?as=json&{query}").json()["facets"]
    values = next(facet["values"] for facet in facets if facet["name"] == "review")
    return {value["value"]: value["events"] for value in values}


def test_the_room_is_narrowed_down_by_review(ada: TestClient, record: Path) -> None:
    every = ada.get("/?as=json&aux=any").json()["events"]
    assert reviewed(ada) == {}  # nobody has judged: there is nothing to choose
    told = {e["event"]: e["type"] for e in events(record)}
    first, second, third = list(told)[:3]
    while asked(ada, event=first)["mention"]:
        send(ada, "reject", asked(ada, event=first)["mention"], event=first)
    send(ada, "accept", asked(ada, event=second)["mention"])
    send(ada, "correct", asked(ada, event=third)["mention"], field="date", value="2024-01-02")
    counts = reviewed(ada)
    still = {"open": every - 3} if every > 3 else {}
    assert counts == {"rejected": 1, "accepted": 1, "corrected": 1, **still}
    for name, count in counts.items():
        page = ada.get(f"/?as=json&aux=any&review={name}").json()
        assert page["events"] == count
        assert {line["review"] or "open" for line in page["lines"]} == {name}
    without = ada.get("/?as=json&aux=any&review=open&review=accepted&review=corrected").json()
    assert without["events"] == every - 1
    page = ada.get("/?as=json&aux=any").json()
    assert (page["events"], page["rejected"], page["corrected"]) == (every, 1, 1)
    assert "1 rejected in review" in ada.get("/?aux=any").text
    send(ada, "undo", "")
    assert reviewed(ada) == {"rejected": 1, "accepted": 1, "open": every - 2}


def test_disagreement_is_a_value_of_its_own(ada: TestClient, record: Path) -> None:
    mention = asked(ada)["mention"]
    send(ada, "accept", mention)
    with browser(record) as eve:
        eve.post("/review/name", data={"reviewer": "Eve"})
        send(eve, "reject", mention)
        assert reviewed(eve)["disputed"] == 1
        assert reviewed(ada)["disputed"] == 1  # another program's verdicts are seen, too


def test_nobody_sees_anothers_verdict_before_ones_own(ada: TestClient, record: Path) -> None:
    page = asked(ada)
    send(ada, "accept", page["mention"])
    ada.get("/")  # the room has taken it in
    with browser(record) as eve:
        eve.post("/review/name", data={"reviewer": "Eve"})
        eve.get("/")
        shown = asked(eve)
        assert shown["mention"] == page["mention"]
        assert shown["line"]["review"] is None
        assert [line for line in shown["near"] if line["review"]] == []


# -- safety ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_of_another_site_writes_nothing(
    ada: TestClient, record: Path, headers: dict[str, str]
) -> None:
    data = {"action": "accept", "mention": mentions(record)[0].id}
    assert ada.post("/review/judge", data=data, headers=headers).status_code == 403
    assert ada.post("/review/name", data={"reviewer": "Eve"}, headers=headers).status_code == 403
    assert not lines(record)


def test_a_verdict_needs_the_token(record: Path) -> None:
    client = browser(record, token="secret", reviewer="Ada")  # noqa: S106 - a test's own
    assert send(client, "accept", mentions(record)[0].id).status_code == 401
    assert not lines(record)


def test_reading_writes_nothing(ada: TestClient, record: Path) -> None:
    held = record.read_bytes()
    for address in ("/review", "/review/judge", "/review/judge?action=accept&mention=one:0"):
        assert ada.get(address).status_code == 200
    assert not ledger_of(record).exists()
    assert record.read_bytes() == held


HOSTILE = [
    "<script>window.ran=1</script>",
    "'; DROP TABLE queue; --",
    "\u202e\x00",
    "x" * 1999,
    "../..",
    "🙂",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_answered_in_the_shape_of_faults(ada: TestClient, text: str) -> None:
    for query in ({"at": text}, {"type": text[:40]}, {"event": text}, {"said": text[:20]}):
        found = ada.get("/review/judge", params=query)
        assert found.status_code in {200, 404}, query
        assert "<script>window" not in found.text
    for data in (
        {"action": "accept", "mention": text},
        {"action": text},
        {"action": "join", "of": text, "accounts": [text]},
        {"action": "correct", "mention": asked(ada)["mention"], "field": "actor", "value": text},
    ):
        found = ada.post("/review/judge", data=data)
        assert found.status_code in {200, 404, 422}, data
        assert "<script>window" not in found.text
    assert asked(ada, "/review")["record"]["events"] == 3


def test_a_broken_ledger_is_told_not_hidden(ada: TestClient, record: Path) -> None:
    ledger_of(record).write_text('{"id": "<script>window.ran=1</script>"}\n{}\n', "utf-8")
    found = ada.get("/review")
    assert found.status_code == 500
    assert "line 1" in found.text
    assert "<script>window" not in found.text
    assert ada.get("/").status_code == 200  # the rest of the room can be read
    event = events(record)[0]["event"]
    assert "The ledger cannot be read" in ada.get(f"/events/{event}").text


def test_a_folder_that_cannot_be_written_is_told(ada: TestClient, record: Path) -> None:
    mention = asked(ada)["mention"]
    ledger_of(record).mkdir()
    found = send(ada, "accept", mention)
    assert found.status_code in {500, 503}
    assert "cannot be" in found.text


def test_figures_as_csv(ada: TestClient) -> None:
    send(ada, "accept", asked(ada)["mention"])
    found = ada.get("/review?as=csv")
    assert found.headers["content-type"].startswith("text/csv")
    assert found.text.splitlines()[0].startswith("type,judged,right,right_low")
