"""``dragoman code``: runs, the terminal table, and what the user is told."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from fakes import FakeCoder

import dragoman
from dragoman import cli
from dragoman.errors import InputError
from dragoman.runs import Job, run_code

ROOT = Path(__file__).parent.parent
HOSTILE = "Envoy [red]said[/red] [link=http://x]x[/link] \x1b[31m\x1b]0;title\x07 \u202egnp.exe"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    rows = [{"id": f"r{n}", "text": f"Envoy {n} said so."} for n in range(100)]
    rows.insert(50, {"id": "bad", "text": ""})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dragoman, "load", lambda **_: FakeCoder(), raising=False)


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the command line in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["dragoman", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    code = left.value.code
    return code if isinstance(code, int) else 0


def job(corpus: Path, out: Path | None, **more: object) -> Job:
    return Job(inputs=(str(corpus),), out=str(out) if out else None, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("ending", ["jsonl", "parquet", "duckdb"])
def test_interrupted_run_goes_on(corpus: Path, tmp_path: Path, ending: str) -> None:
    whole, out = tmp_path / f"whole.{ending}", tmp_path / f"out.{ending}"
    run_code(job(corpus, whole), lambda _: FakeCoder())
    with pytest.raises(KeyboardInterrupt):
        run_code(job(corpus, out), lambda _: FakeCoder(crash_at=70))
    assert ending == "duckdb" or not out.exists()
    coder = FakeCoder()
    summary = run_code(job(corpus, out), lambda _: coder)
    assert summary.reports + summary.known == 100
    assert summary.rejects == 1
    if ending == "duckdb":
        with duckdb.connect(str(out), read_only=True) as connection:
            found = connection.execute("SELECT report FROM mentions").fetchall()
        assert [name for (name,) in found] == [f"r{n}" for n in range(100)]
    else:
        assert out.read_bytes() == whole.read_bytes()
    if ending != "parquet":  # whose part of 500 reports was not full
        assert summary.known == 64
        assert coder.seen == [f"r{n}" for n in range(64, 100)]


def test_summary_counts(corpus: Path, tmp_path: Path) -> None:
    summary = run_code(job(corpus, tmp_path / "o.jsonl", limit=10), lambda _: FakeCoder())
    assert (summary.reports, summary.events, summary.undated, summary.words) == (10, 10, 10, 40)
    assert summary.words_per_second > 0


def test_rejects_file(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    summary = run_code(job(corpus, out), lambda _: FakeCoder())
    (line,) = (tmp_path / "o.jsonl.rejects.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {"where": str(corpus), "row": 51, "reason": "empty text"}
    assert summary.first_rejects[0].row == 51
    corpus.write_text('{"text": "Envoy."}\n', "utf-8")
    assert run_code(job(corpus, out), lambda _: FakeCoder()).rejects_file is None
    assert not (tmp_path / "o.jsonl.rejects.jsonl").exists()


def test_next_day_under_the_same_ids_is_not_lost(tmp_path: Path) -> None:
    corpus, out = tmp_path / "news.csv", tmp_path / "o.duckdb"
    for text in ("Monday.", "Tuesday."):
        corpus.write_text(f"text\n{text}\n", "utf-8")
        summary = run_code(job(corpus, out), lambda _: FakeCoder())
    assert (summary.known, summary.rejects) == (0, 1)
    assert "another text" in summary.first_rejects[0].reason


def test_bad_jobs(corpus: Path) -> None:
    for bad in (job(corpus, corpus), Job(inputs=()), job(corpus, None, limit=0)):
        with pytest.raises(InputError):
            run_code(bad, lambda _: FakeCoder())


@pytest.mark.usefixtures("_fake")
def test_stdout_is_only_json(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["code", str(corpus), "--out", "-", "--level", "mention"], monkeypatch) == 0
    out, err = capfdbinary.readouterr()
    assert [json.loads(line)["report"] for line in out.splitlines()][:2] == ["r0", "r1"]
    assert b"100 reports, 100 sentences" in err
    assert b"news.jsonl row 51: empty text" in err


@pytest.mark.usefixtures("_fake")
def test_table_shows_reports_as_plain_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "220")
    monkeypatch.setenv("FORCE_COLOR", "1")
    (tmp_path / "a.txt").write_text(HOSTILE, "utf-8")
    assert run(["code", str(tmp_path / "a.txt"), "--published", "2022-07-04"], monkeypatch) == 0
    shown = capsys.readouterr().out
    bare = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    for part in ("2022-07-04", "CONSULT/visit", "Iran [IRN GOV]", "→", "Muscat [OMN]", "(claim)"):
        assert part in bare
    assert "[red]said[/red] [link=http://x]x[/link]" in shown
    assert "\ufffd[31m\ufffd]0;title\ufffd" in bare
    assert "\x1b" not in bare
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code", "missing\x1b.txt"], "no such file"),
        (["code", "pyproject.toml"], "unknown kind of file"),
        (["code", "-", "--published", "4 July"], "expected YYYY-MM-DD"),
        (["code", "-", "--out", "events.xlsx"], "unknown kind of output"),
    ],
)
@pytest.mark.usefixtures("_fake")
def test_faults_are_one_line_and_exit_code_2(
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(arguments, monkeypatch) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert "\x1b" not in captured.err


@pytest.mark.usefixtures("_fake")
def test_ctrl_c_says_how_to_go_on(
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dragoman, "load", lambda **_: FakeCoder(crash_at=5), raising=False)
    assert run(["code", str(corpus), "--out", str(tmp_path / "o.jsonl")], monkeypatch) == 130
    assert "run the same command again" in capsys.readouterr().err


def python(script: str, *more: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
        "COLUMNS": "120",
    }
    return subprocess.run(
        [sys.executable, "-c", script, *more],
        env=environment,
        input=stdin,
        capture_output=True,
        check=False,
    )


def test_help_is_light_and_teaches() -> None:
    script = (
        "import sys; from dragoman.cli import main\ntry: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'duckdb', 'pyarrow', 'trafilatura', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    for arguments in (["--help"], ["--version"], ["code", "--help"]):
        done = python(script, *arguments)
        assert done.returncode == 0, done.stderr
        assert b"dragoman" in done.stdout
    assert b"dragoman code news.csv --out news.duckdb" in done.stdout


def test_reader_of_a_pipe_may_leave(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Envoy met him."}\n' * 5000, "utf-8")
    script = (
        "import sys, dragoman; from fakes import FakeCoder; from dragoman.cli import main\n"
        "dragoman.load = lambda **_: FakeCoder(); main()"
    )
    arguments = [sys.executable, "-c", script, "code", str(tmp_path / "a.jsonl"), "--out", "-"]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    with subprocess.Popen(
        arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_every_command_exists() -> None:
    for name, about in cli.COMMANDS:
        assert (Path(cli.__file__).parent / f"{name}.py").exists()
        assert about.endswith(".")
