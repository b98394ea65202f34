"""The room over a record: what pages are given, what is safe, what happens while others write."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest
from made_records import Happening, make_record
from starlette.testclient import TestClient

from dragoman.errors import InputError
from dragoman.store.duck import connect
from dragoman.web.app import create_app
from dragoman.web.room import Room
from dragoman.web.security import COOKIE, LARGEST

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:Using `httpx`")
HERE = frozenset({"127.0.0.1", "localhost"})
PAGE = {"accept": "text/html"}
EVENTS = (
    Happening("2024-03-01", "IRN", "RUS"),
    Happening("2024-03-02", "IRN RUS", "", accounts=3),
    Happening("2024-03-03", "RUS", "UKR", "ASSAULT", confidence=0.4),
    Happening("2024-03-20", "USA", "IRN", "ACCUSE", aux=("negated",)),
    Happening(None, "USA", "IRN", "ACCUSE"),
    Happening("2024-04-01", "?", "IRN", "AID"),
)
ADDRESSES = ("/", "/dyads/IRN/RUS", "/changes", "/api", "/try", "/api/openapi.json")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "news.duckdb"
    return make_record(path, EVENTS, ["2024-03-01", "2024-03-02", "2024-04-02", None])


@pytest.fixture(scope="module")
def client(record: Path) -> TestClient:
    return TestClient(create_app(record, hosts=HERE), base_url="http://localhost")


def found(client: TestClient, query: str) -> list[str]:
    return [line["id"] for line in client.get(f"/?as=json&{query}").json()["lines"]]


def test_events_newest_first_and_plain_alone(client: TestClient) -> None:
    page = client.get("/?as=json").json()
    assert [line["id"] for line in page["lines"]] == ["e5", "e2", "e1", "e0", "e4"]
    assert (page["events"], page["others"], page["undated"]) == (5, 1, 1)
    assert found(client, "aux=any") == ["e5", "e3", "e2", "e1", "e0", "e4"]
    assert found(client, "order=told")[0] == "e1"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("type=CONSULT", ["e1", "e0"]),
        ("party=RUS", ["e2", "e1", "e0"]),
        ("actor=RUS", ["e2", "e1"]),
        ("recipient=RUS", ["e0"]),
        ("dyad=IRN-RUS", ["e1", "e0"]),
        ("pair=RUS>IRN", ["e1"]),
        ("dyad=IRN-RUS&dyad=RUS-UKR", ["e2", "e1", "e0"]),
        ("quad=4", ["e2"]),
        ("min=0.5&party=RUS", ["e1", "e0"]),
        ("since=2024-03-02&until=2024-03-31", ["e2", "e1"]),
        ("aux=negated", ["e3"]),
        ("type=NOTHING", []),
    ],
)
def test_filters(client: TestClient, query: str, ids: list[str]) -> None:
    assert found(client, query) == ids


def test_facets_say_what_choosing_would_add(client: TestClient) -> None:
    page = client.get("/?as=json&type=ASSAULT").json()
    types = next(f for f in page["facets"] if f["name"] == "type")["values"]
    counts = {value["value"]: (value["events"], value["chosen"]) for value in types}
    assert counts == {
        "ACCUSE": (1, False), "AID": (1, False), "ASSAULT": (1, True), "CONSULT": (2, False),
    }  # fmt: skip
    pairs = next(f for f in page["facets"] if f["name"] == "dyad")["values"]
    assert [(v["value"], v["label"]) for v in pairs] == [("RUS-UKR", "Russia – Ukraine")]


def test_timeline_is_set_against_reports_read(client: TestClient) -> None:
    timeline = client.get("/?as=json&by=month").json()["timeline"]
    rows = [(p["label"], sum(p["events"]), p["reports"]) for p in timeline["periods"]]
    assert rows == [("2024-03", 3, 2), ("2024-04", 1, 1)]


def test_pages_of_pairs(client: TestClient) -> None:
    page = client.get("/dyads/rus/irn?as=json").json()
    assert (page["a"]["code"], page["events"]) == ("IRN", 2)
    assert [theme["title"] for theme in page["themes"]] == ["Met"]
    assert client.get("/dyads/IRN/IRN?as=json").status_code == 404


def test_errors_have_one_shape(client: TestClient) -> None:
    for address, status in (
        ("/nothing", 404), ("/events/none", 404), ("/reports/none", 404), ("/?since=x", 422),
        ("/?after=none", 404), ("/dyads/XXX/IRN", 404), ("/static/none", 404),
    ):  # fmt: skip
        answer = client.get(address, headers={"accept": "application/json"})
        assert answer.status_code == status, address
        assert set(answer.json()) == {"status", "error", "detail"}
        assert client.get(address, headers=PAGE).status_code == status


def test_the_same_is_not_sent_twice(client: TestClient) -> None:
    first = client.get("/", headers=PAGE)
    again = client.get("/", headers={**PAGE, "if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


# -- safety ------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*ADDRESSES, "/nothing", "/static/room.css"])
def test_every_answer_is_sealed(client: TestClient, address: str) -> None:
    headers = client.get(address, headers=PAGE).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", ADDRESSES[:5])
def test_no_page_has_script_or_style_of_its_own(client: TestClient, address: str) -> None:
    page = client.get(address, headers=PAGE).text
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=", page)
    assert not re.search(r"(src|href)=.(https?:)?//", page)


def test_another_hosts_name_is_turned_away(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:99"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
)
def test_forms_of_other_sites_are_turned_away(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/try", data={"text": "x"}, headers=headers).status_code == 403


def test_uploads_are_capped(client: TestClient) -> None:
    big = b"x" * (LARGEST + 1)
    assert client.post("/try", files={"file": ("a.txt", big)}).status_code == 413
    parts = (b"x" * 2**20 for _ in range(LARGEST // 2**20 + 1))  # no length is told
    kind = {"content-type": "multipart/form-data; boundary=b"}
    assert client.post("/try", content=parts, headers=kind).status_code == 413


def test_token(record: Path) -> None:
    client = TestClient(create_app(record, token="key"), base_url="http://10.0.0.1")  # noqa: S106
    assert client.get("/").status_code == 401
    assert client.get("/static/room.css").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/", headers={"authorization": "Bearer key"}).status_code == 200
    first = client.get("/?type=AID&token=key", follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (303, "/?type=AID")
    flags = first.headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=strict" in flags
    assert client.cookies[COOKIE] == "key"
    assert client.get("/").status_code == 200
    away = client.get("http://10.0.0.1//evil.example/?token=key", follow_redirects=False)
    assert away.headers["location"] == "/evil.example/"


def test_record_cannot_be_written(record: Path) -> None:
    room = Room(record)
    with room.open_record() as statements, pytest.raises(duckdb.Error):
        statements.rows("DELETE FROM events")
    for statement in ("DELETE FROM event", "COPY event TO '/tmp/x'", "ATTACH '/tmp/x' AS x"):
        with pytest.raises(duckdb.Error):
            room.index.rows(statement)
    room.close()


# -- while others write ------------------------------------------------------------


def test_record_is_not_held(record: Path) -> None:
    room = Room(record)
    script = "import duckdb, sys; duckdb.connect(sys.argv[1]).close()"
    subprocess.run([sys.executable, "-c", script, record], check=True)
    room.close()


def test_what_is_written_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.web.room.LOOKS", 0.0)
    path = make_record(tmp_path / "news.duckdb", EVENTS[:1], ["2024-03-01"])
    client = TestClient(create_app(path, hosts=HERE), base_url="http://localhost")
    assert found(client, "") == ["e0"]
    with connect(path) as other:
        other.execute("INSERT INTO events BY NAME SELECT * REPLACE ('e9' AS id) FROM events")
    for _ in range(200):
        if found(client, "") == ["e0", "e9"]:
            return
    pytest.fail("the room did not follow the record")


def test_a_writer_is_waited_for_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.web.room.PATIENCE", 0.2)
    path = make_record(tmp_path / "news.duckdb", EVENTS, ["2024-03-01"])
    with connect(path) as record:
        record.execute("UPDATE reports SET language = 'en'")
    client = TestClient(create_app(path, hosts=HERE), base_url="http://localhost")
    script = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('in'); input()"
    with subprocess.Popen(
        [sys.executable, "-uc", script, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        writer.stdout.readline()
        assert client.get("/").status_code == 200  # from the index
        answer = client.get("/reports/r0", headers={"accept": "application/json"})
        assert answer.status_code == 503
        assert "writing" in answer.json()["detail"]
        writer.communicate(b"\n")
    assert client.get("/reports/r0").status_code == 200


def test_what_is_no_record_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        Room(tmp_path / "none.duckdb")
    text = tmp_path / "text.duckdb"
    text.write_text("no database", "utf-8")
    with pytest.raises(InputError, match="DuckDB"):
        Room(text)
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).execute("CREATE TABLE t (a INTEGER)").close()
    with pytest.raises(InputError, match="not a record"):
        Room(other)


def test_index_is_kept_between_starts(record: Path, tmp_path: Path) -> None:
    first = Room(record, cache=tmp_path / "kept")
    first.close()
    held = list((tmp_path / "kept").glob("*.index"))
    second = Room(record, cache=tmp_path / "kept")
    second.close()
    assert [path.stat().st_mtime_ns for path in held] == [held[0].stat().st_mtime_ns]
    assert list((tmp_path / "kept").glob("*.index")) == held


def test_empty_record(tmp_path: Path) -> None:
    path = make_record(tmp_path / "news.duckdb", [], [])
    client = TestClient(create_app(path, hosts=HERE), base_url="http://localhost")
    for address in ADDRESSES:
        assert client.get(address, headers=PAGE).status_code == 200, address
    assert "Nothing to compare" in client.get("/changes", headers=PAGE).text
