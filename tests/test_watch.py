"""Watching: rounds, what is coded, what an interruption leaves, and the command."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from fakes import FakeCoder
from fakes import code as fake_code
from feedserver import FakeClock, Handler, Server, item, rss, running
from rich.console import Console

import dragoman
from dragoman import cli
from dragoman.cli.rounds import Teller
from dragoman.errors import InputError
from dragoman.feeds import Limits, WatchJob, watch
from dragoman.feeds.rounds import Line, Round
from dragoman.store import OutputError
from dragoman.store.duck import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.coding.coder import Coder
    from dragoman.record import Coded, Report

ROOT = Path(__file__).parent.parent
PAGE = (
    "<html><head><title>Page title</title></head><body><nav>Home</nav><article><p>{}</p>"
    "<p>The ministry gave no further details of the decision on Friday evening, and the embassy"
    " did not answer questions about it.</p></article></body></html>"
)


class Heard:
    """Keeps what a watcher tells."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rounds: list[Round] = []
        self.troubles: list[str] = []

    def reading(self, source: str) -> None:
        """Pass over it."""

    def round(self, done: Round) -> None:
        """Keep it."""
        self.rounds.append(done)

    def trouble(self, reason: str, seconds: float) -> None:
        """Keep it."""
        self.troubles.append(f"{reason} {seconds}")

    @property
    def lines(self) -> list[Line]:
        """Return the last round."""
        return self.rounds[-1].lines


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


class Watching:
    """One record, watched again and again."""

    def __init__(self, folder: Path) -> None:
        """Begin with no record."""
        self.record = folder / "news.duckdb"
        self.clock = FakeClock()
        self.heard = Heard()
        self.coder = FakeCoder()
        self.well: bool | None = None

    def once(self, *sources: str, **more: Any) -> list[Line]:
        """Make one round."""
        self.run(*sources, once=True, **more)
        return self.heard.lines

    def run(self, *sources: str, load: Any = None, **more: Any) -> None:
        """Watch until the clock presses Ctrl-C."""
        limits = Limits(allow_private=True, size=100_000, seconds=5.0)
        job = WatchJob(**{"sources": sources, "record": str(self.record), "limits": limits, **more})
        self.well = watch(job, self.heard, load or (lambda: self.coder), self.clock)

    def texts(self) -> dict[str, str]:
        """Return the record's reports; none may stand there twice."""
        with connect(self.record, read_only=True) as connection:
            rows = connection.execute("SELECT id, text FROM reports ORDER BY id").fetchall()
            mentions = connection.execute("SELECT report FROM mentions").fetchall()
        assert len(dict(rows)) == len(rows)
        assert sorted(name for (name,) in mentions) == [name for name, _ in rows]
        return dict(rows)


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    return Watching(tmp_path)


def counts(line: Line) -> tuple[str, int, int, int, int]:
    return (line.standing, line.new, line.changed, line.unchanged, line.rejected)


def test_new_unchanged_changed(server: Server, watching: Watching) -> None:
    server.serve("/feed", rss(item(1, "One."), item(2, "Two."), item(3, "")))
    (line,) = watching.once(server.url())
    assert counts(line) == ("read", 2, 0, 0, 1)
    assert line.reason == "empty text"
    assert (watching.heard.rounds[0].reports, watching.heard.rounds[0].events) == (2, 2)
    server.serve("/feed", rss(item(2, "Two."), item(1, "One, corrected."), item(4, "Four.")))
    (line,) = watching.once(server.url())
    assert counts(line) == ("read", 1, 1, 1, 0)
    assert watching.texts() == {
        "urn:x:1": "One.",
        "urn:x:1;rev=2": "One, corrected.",
        "urn:x:2": "Two.",
        "urn:x:4": "Four.",
    }
    # The text goes back to what it was: that report is there already.
    server.serve("/feed", rss(item(1, "One."), item(1, "One, corrected."), item(1, "One.")))
    assert counts(watching.once(server.url())[0]) == ("read", 0, 0, 2, 0)
    assert len(watching.texts()) == 4


def test_the_same_entry_in_two_feeds(server: Server, watching: Watching) -> None:
    server.serve("/a", rss(item(1, "One.")))
    server.serve("/b", rss(item(1, "One."), item(2, "Two.", guid="2")))
    lines = watching.once(server.url("/a"), server.url("/b"))
    assert [counts(line) for line in lines] == [("read", 1, 0, 0, 0), ("read", 1, 0, 1, 0)]
    assert watching.heard.rounds[0].reports == 2
    assert list(watching.texts()) == ["127.0.0.1:2", "urn:x:1"]


def test_unmodified_feeds_open_nothing(server: Server, watching: Watching) -> None:
    def route(handler: Handler) -> None:
        same = handler.headers.get("If-None-Match") == '"v1"'
        handler.say(304 if same else 200, b"" if same else rss(item(1, "One.")), ETag='"v1"')

    server.routes["/feed"] = route
    watching.once(server.url())
    before = watching.record.stat().st_mtime_ns
    (line,) = watching.once(server.url(), load=lambda: pytest.fail("loaded for nothing"))
    assert counts(line) == ("unmodified", 0, 0, 1, 0)
    assert watching.record.stat().st_mtime_ns == before
    assert watching.well


def test_a_failing_source_stops_no_other(server: Server, watching: Watching) -> None:
    server.routes["/500"] = lambda h: h.say(500)
    server.serve("/bad", b"<rss><channel><item>\0\xff<<<")
    server.serve("/page", "<!doctype html><html><p>hello")
    server.serve("/good", rss(item(1, "One.")))
    paths = ("/404", "/500", "/page", "/bad", "/good")
    lines = watching.once(*map(server.url, paths), "http://nowhere.invalid/feed")
    standings = {line.source.rpartition("/")[2]: line.standing for line in lines}
    assert standings == {
        "404": "failed", "500": "failed", "page": "failed", "bad": standings["bad"],
        "good": "read", "feed": "failed",
    }  # fmt: skip
    assert all(line.reason and "\n" not in line.reason for line in lines if not line.well)
    assert watching.well
    assert list(watching.texts()) == ["urn:x:1"]


def test_once_with_nothing_read(server: Server, watching: Watching) -> None:
    assert [line.standing for line in watching.once(server.url("/404"))] == ["failed"]
    assert watching.well is False
    # It is left alone meanwhile, and still counts as failed.
    (line,) = watching.once(server.url("/404"))
    assert (line.standing, line.reason) == ("failed", "HTTP 404")
    assert watching.well is False
    assert server.paths() == ["/404"]


def test_back_off_and_retry_after(server: Server, watching: Watching) -> None:
    start = watching.clock.time
    server.routes["/feed"] = lambda h: h.say(500)
    watching.clock.rounds = 4
    with pytest.raises(KeyboardInterrupt):
        watching.run(server.url())
    began = [round(done.began - start) for done in watching.heard.rounds]
    assert began == [0, 900, 900 + 1800, 900 + 1800 + 3600]
    assert len(server.asked) == 4
    server.routes["/feed"] = lambda h: h.say(503, retry_after="50000")
    (line,) = watching.once(server.url())
    assert line.due - watching.clock.time == 50_000
    # Nothing at that host is asked before, in this process or the next.
    asked = len(server.asked)
    assert watching.once(server.url("/other"))[0].reason == "127.0.0.1 asked to be left alone"
    assert len(server.asked) == asked
    watching.clock.time += 50_001
    server.serve("/feed", rss(item(1, "One.")))
    assert counts(watching.once(server.url())[0])[:2] == ("read", 1)


def test_the_feeds_own_pace_is_kept(server: Server, watching: Watching, tmp_path: Path) -> None:
    server.serve("/ttl", rss(item(1, "One."), more="<ttl>60</ttl>"))
    server.serve("/age", rss(item(2, "Two.")), Cache_Control="max-age=1800")
    server.serve("/any", rss(item(3, "Three.")))
    (tmp_path / "file.rss").write_text(rss(item(4, "Four."), more="<ttl>60</ttl>"), "utf-8")
    watching.clock.rounds = 5
    with pytest.raises(KeyboardInterrupt):
        watching.run(*map(server.url, ("/ttl", "/age", "/any")), str(tmp_path / "file.rss"))
    asked = [server.paths().count(path) for path in ("/ttl", "/age", "/any")]
    assert asked == [2, 3, 5]
    assert len(watching.heard.rounds) == 5
    assert watching.heard.rounds[1].lines[0].standing == "early"
    # cron may come when it likes; the feed is still not asked before its time.
    line = watching.once(server.url("/ttl"))[0]
    assert (line.standing, line.due > watching.clock.time) == ("early", True)
    assert server.paths().count("/ttl") == 2


def test_feed_files(watching: Watching, tmp_path: Path) -> None:
    path = tmp_path / "saved.rss"
    path.write_text(rss(item(1, "One.")), "utf-8")
    assert counts(watching.once(str(path))[0]) == ("read", 1, 0, 0, 0)
    assert counts(watching.once(str(path))[0]) == ("unmodified", 0, 0, 1, 0)
    path.write_text(rss(item(2, "Two."), item(1, "One.")), "utf-8")
    assert counts(watching.once(str(path))[0]) == ("read", 1, 0, 1, 0)
    path.write_text(rss(item(1, "x" * 100_000)), "utf-8")
    assert "over 100,000 bytes" in str(watching.once(str(path))[0].reason)
    path.write_text("<rss", "utf-8")
    assert watching.once(str(path))[0].standing == "failed"


def test_another_record_gets_everything(server: Server, watching: Watching) -> None:
    server.serve("/feed", rss(item(1, "One."), item(2, "")), ETag='"v1"')
    watching.once(server.url())
    watching.record.unlink()
    (line,) = watching.once(server.url())
    assert counts(line) == ("read", 1, 0, 1, 0)
    assert list(watching.texts()) == ["urn:x:1"]
    # Without what is kept beside the record, nothing is coded twice either.
    watching.record.with_name("news.duckdb.watch").unlink()
    assert counts(watching.once(server.url())[0]) == ("read", 0, 0, 1, 1)
    assert list(watching.texts()) == ["urn:x:1"]


# Full text


def test_full_text(server: Server, watching: Watching) -> None:
    server.serve("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    server.serve("/open", PAGE.format("Turkey expelled three Greek diplomats on Friday."))
    server.serve("/empty", "<html></html>")
    links = {"open": "Short.", "closed": "Closed.", "empty": "Empty.", "gone": "Gone."}
    items = [item(name, text, link=server.url(f"/{name}")) for name, text in links.items()]
    secret = item("file", "Files.", link="file:///etc/passwd")
    server.serve("/feed", rss(*items, secret, item("none", "No link.", link="")))
    (line,) = watching.once(server.url(), full_text=True)
    assert counts(line) == ("read", 6, 0, 0, 0)
    assert (line.fallbacks, line.waiting) == (5, 0)
    texts = watching.texts()
    assert "Turkey expelled three Greek diplomats on Friday." in texts["urn:x:open"]
    assert "Home" not in texts["urn:x:open"]
    assert texts["urn:x:closed"] == "Closed."
    assert texts["urn:x:gone"] == "Gone."
    assert "/closed" not in server.paths()
    with connect(watching.record, read_only=True) as connection:
        query = "SELECT title, published, outlet, url FROM reports WHERE id = 'urn:x:open'"
        row = connection.execute(query).fetchone()
    assert row == ("Title open", "2022-07-04", "Our Daily", server.url("/open"))
    # What is known is not fetched again.
    asked = server.paths().count("/open")
    assert counts(watching.once(server.url(), full_text=True)[0])[3] == 6
    assert server.paths().count("/open") == asked


def test_pages_that_fail_are_tried_again(server: Server, watching: Watching) -> None:
    server.serve("/feed", rss(item("a", "Short a.", link=server.url("/a"))), ETag='"v"')
    server.routes["/a"] = lambda h: h.say(500)
    (line,) = watching.once(server.url(), full_text=True)
    assert (line.new, line.waiting) == (0, 1)
    assert "HTTP 500" in str(line.reason)
    server.routes["/feed"] = lambda h: h.say(304)  # the entry is kept although the feed is not
    server.serve("/a", PAGE.format("Envoys met on Friday."))
    (line,) = watching.once(server.url(), full_text=True)
    assert (line.standing, line.new, line.waiting) == ("unmodified", 1, 0)
    assert "Envoys met" in watching.texts()["urn:x:a"]


def test_pages_that_always_fail_are_coded_from_the_feed(server: Server, watching: Watching) -> None:
    server.serve("/feed", rss(item("a", "Short a.", link=server.url("/a"))))
    server.routes["/a"] = lambda h: h.say(500)
    waits = []
    for _ in range(3):
        (line,) = watching.once(server.url(), full_text=True)
        waits.append((line.waiting, line.new, line.fallbacks))
        server.serve("/feed", rss())  # it leaves the feed meanwhile
    assert waits == [(1, 0, 0), (1, 0, 0), (0, 1, 1)]
    assert watching.texts() == {"urn:x:a": "Short a."}
    assert server.paths().count("/a") == 3


def test_a_host_that_wants_to_be_left_alone_costs_no_entry(
    server: Server, watching: Watching
) -> None:
    many = [item(n, f"Short {n}.", link=server.url(f"/{n}")) for n in range(5)]
    server.serve("/feed", rss(*many))
    server.routes["/0"] = lambda h: h.say(429, retry_after="3000")
    for n in range(1, 5):
        server.serve(f"/{n}", PAGE.format(f"Envoy {n} met them."))
    for _ in range(6):
        (line,) = watching.once(server.url(), full_text=True)
        assert (line.new, line.waiting) == (0, 5)
    assert [p for p in server.paths() if p in {"/0", "/1"}] == ["/0"]
    watching.clock.time += 3001
    server.serve("/0", PAGE.format("Envoy 0 met them."))
    assert watching.once(server.url(), full_text=True)[0].new == 5
    assert all("met them" in text for text in watching.texts().values())


def test_pages_a_round_are_bounded(
    server: Server, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.feeds.reading.PAGES", 2)
    many = [item(n, f"Short {n}.", link=server.url(f"/{n}")) for n in range(5)]
    server.serve("/feed", rss(*many))
    told = [watching.once(server.url(), full_text=True)[0] for _ in range(3)]
    assert [(line.new, line.waiting) for line in told] == [(2, 3), (2, 1), (1, 0)]


# Interruptions


class SlowCoder:
    """Presses Ctrl-C in the middle of a report."""

    manifest = "m"

    def __init__(self, at: int) -> None:
        """Remember when."""
        self.at, self.seen = at, 0

    def code_report(self, report: Report) -> Coded:
        """Code a report."""
        if self.seen == self.at:
            signal.raise_signal(signal.SIGINT)
        self.seen += 1
        return fake_code(report)


def test_ctrl_c_waits_for_the_report_at_hand(server: Server, watching: Watching) -> None:
    server.serve("/feed", rss(*(item(n, f"Envoy {n}.") for n in range(9))), ETag='"v"')
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        watching.run(server.url(), load=lambda: SlowCoder(4))
    assert signal.getsignal(signal.SIGINT) is before
    assert list(watching.texts()) == [f"urn:x:{n}" for n in range(5)]
    assert watching.heard.rounds[-1].reports == 5
    (line,) = watching.once(server.url())
    assert counts(line) == ("read", 4, 0, 5, 0)
    assert watching.coder.seen == [f"urn:x:{n}" for n in range(5, 9)]


def test_ctrl_c_ends_a_wait_at_once(server: Server, watching: Watching) -> None:
    def route(handler: Handler) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        handler.server.over.wait(20)

    server.routes["/feed"] = route
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        watching.run(server.url())
    assert time.monotonic() - began < 10


KILLED = """
import os, signal, sys
import test_watch as t
from dragoman.feeds import Limits, WatchJob, reading, watch
reading.BATCH = 4
class Killed(t.FakeCoder):
    def code_report(self, report):
        if report.id == "urn:x:" + sys.argv[3]:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().code_report(report)
job = WatchJob(sources=(sys.argv[1],), record=sys.argv[2], once=True,
               limits=Limits(allow_private=True))
watch(job, None, Killed)
"""


@pytest.mark.parametrize("at", [0, 6, 11])
def test_killed_in_the_middle(server: Server, watching: Watching, at: int) -> None:
    server.serve("/feed", rss(*(item(n, f"Envoy {n}.") for n in range(12))), ETag='"v"')
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, server.url(), str(watching.record), str(at)],
        env=os.environ | {"PYTHONPATH": path},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    written = at - at % 4
    watching.clock.time = time.time()
    server.serve("/feed", rss(item(12, "Envoy 12.")))  # the others leave the feed meanwhile
    (line,) = watching.once(server.url())
    assert counts(line) == ("read", 13 - written, 0, 0, 0)
    assert len(watching.texts()) == 13
    assert watching.coder.seen == [f"urn:x:{n}" for n in range(written, 13)]


def test_a_report_that_cannot_be_coded_stops_nothing(server: Server, watching: Watching) -> None:
    server.serve("/feed", rss(*(item(n, f"Envoy {n}.") for n in range(3))))
    watching.coder.poisoned = "urn:x:1"
    (line,) = watching.once(server.url())
    assert counts(line) == ("read", 2, 0, 0, 1)
    assert "ValueError: no such word" in (line.reason or "")
    assert sorted(watching.texts()) == ["urn:x:0", "urn:x:2"]


def test_a_defect_does_not_make_a_loop_of_requests(server: Server, watching: Watching) -> None:
    def broken() -> FakeCoder:
        raise RuntimeError("a defect")

    server.serve("/feed", rss(item(1, "One."), more="<ttl>60</ttl>"))
    with pytest.raises(RuntimeError):
        watching.run(server.url(), load=broken)
    watching.clock.rounds = 1
    with pytest.raises(KeyboardInterrupt):
        watching.run(server.url())
    assert len(server.asked) == 1
    assert watching.heard.rounds[-1].lines[0].standing == "early"
    assert list(watching.texts()) == ["urn:x:1"]


def test_a_record_that_is_open_elsewhere(server: Server, watching: Watching) -> None:
    server.serve("/feed", rss(item(1, "One.")))
    watching.once(server.url())
    server.serve("/feed", rss(item(2, "Two.")))
    script = (
        "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('open', flush=True);"
        " sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(watching.record)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdin
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(OutputError, match="cannot be opened"):
            watching.once(server.url())
        other.stdin.close()
        other.wait()
    assert watching.once(server.url())[0].new == 1


def test_trouble_with_the_record_is_told_and_tried_again(
    server: Server, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve("/feed", rss(item(1, "One.")))
    server.serve("/other", rss(item(2, "Two.")))
    real = dragoman.feeds.desk.open_sink
    faults = iter([OutputError("news.duckdb: open elsewhere")])

    def busy(*arguments: Any) -> Any:
        for fault in faults:
            raise fault
        return real(*arguments)

    monkeypatch.setattr("dragoman.feeds.desk.open_sink", busy)
    watching.clock.rounds = 3
    with pytest.raises(KeyboardInterrupt):
        watching.run(server.url(), server.url("/other"))
    assert watching.heard.troubles == ["news.duckdb: open elsewhere 60.0"]
    assert list(watching.texts()) == ["urn:x:1", "urn:x:2"]
    assert server.paths() == ["/feed", "/other"] * 2


# What is refused at once


def test_bad_jobs(watching: Watching, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected 60 or more"):
        watching.run("http://127.0.0.1/", every=5.0)
    with pytest.raises(InputError, match="duckdb expected"):
        watching.run("http://127.0.0.1/", record="news.jsonl")
    with pytest.raises(OutputError, match="missing"):
        watching.run("http://127.0.0.1/", record=str(tmp_path / "no" / "n.duckdb"))
    (tmp_path / "feed.rss").write_text(rss(item(1, "One.")), "utf-8")
    watching.record.write_text("no database" * 1000, "utf-8")
    with pytest.raises(OutputError, match="cannot be opened"):
        watching.once(str(tmp_path / "feed.rss"))


# The command


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["dragoman", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    code = left.value.code
    return code if isinstance(code, int) else 0


@pytest.fixture
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dragoman, "load", lambda **_: FakeCoder(), raising=False)


@pytest.mark.usefixtures("_fake")
def test_command(
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.serve("/feed", rss(item(1, "One."), item(2, "Two.")))
    record = str(tmp_path / "n.duckdb")
    arguments = ["watch", server.url(), "--out", record, "--once"]
    assert run(arguments, monkeypatch) == 2
    out, err = capsys.readouterr()
    assert "127.0.0.1 is at 127.0.0.1, which is not a public address" in out
    assert "no source could be read" in err
    assert server.asked == []
    assert run([*arguments, "--allow-private"], monkeypatch) == 0
    first, last = capsys.readouterr().out.splitlines()
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
    assert re.fullmatch(rf"{stamp} {re.escape(server.url())}: 2 new", first)
    assert re.fullmatch(rf"{stamp} round: 2 reports, 2 mentions, 2 events", last)
    with duckdb.connect(record, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM mentions").fetchone() == (2,)


@pytest.mark.usefixtures("_fake")
def test_command_ends_with_ctrl_c(
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.serve("/feed", rss(item(1, "One.")))
    arguments = ["watch", server.url(), "--out", str(tmp_path / "n.duckdb"), "--allow-private"]
    pressed = lambda *_: signal.raise_signal(signal.SIGINT)  # noqa: E731
    monkeypatch.setattr("dragoman.feeds.clock.SystemClock.sleep", pressed)
    assert run(arguments, monkeypatch) == 130
    out, err = capsys.readouterr()
    assert "1 new" in out
    assert "next round at" in out
    assert "Run the same command to go on." in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing.txt"], "cannot be read"),
        (["ftp://x/"], "scheme 'ftp'"),
        (["http://x/", "--every", "soon"], "no span of time"),
        (["http://x/", "--max-bytes", "big"], "no size"),
        (["http://x/", "--timeout", "0s"], "no span of time"),
    ],
)
def test_command_faults_are_one_line(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["watch", *arguments, "--out", str(tmp_path / "n.duckdb")], monkeypatch) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err


def test_table_on_a_terminal_is_plain_text() -> None:
    evil = "http://x/[red]\x1b[31m\u202e" + "y" * 500
    lines = [
        Line(source=evil, new=1234, changed=2),
        Line(source="http://b/", standing="failed", reason="[bold]\x1b]0;t\x07", due=9e9),
    ]
    console = Console(force_terminal=True, width=100, record=True, color_system=None)
    Teller(console).round(Round(began=1.7e9, lines=lines, reports=3, next=1.7e9 + 900))
    shown = console.export_text()
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    for part in ("[red]", "1,234 new", "2 changed", "failed; [bold]", "next at", "3 reports"):
        assert part in shown
    assert "y" * 300 not in shown.replace("\n", "").replace(" ", "")


def test_the_whole_way(server: Server, watching: Watching, coder: Coder) -> None:
    text = "Turkey expelled three Greek diplomats on Friday, officials in Ankara said."
    server.serve(
        "/feed", rss(item(1, f"<p>{text}</p><script>alert('Iran attacked Iraq')</script>"))
    )
    watching.once(server.url(), load=lambda: coder)
    with connect(watching.record, read_only=True) as connection:
        query = "SELECT event, actor_code, recipient_code, date, report, text FROM mentions"
        assert connection.execute(query).fetchall() == [
            ("SANCTION", ["TUR"], ["GRC"], "2022-07-01", "urn:x:1", text)
        ]
