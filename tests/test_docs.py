"""Pages made from code are current, and nothing a user can give is left unexplained."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.cli.reference import commands_page, names, parameters
from dragoman.store.page import record_page
from dragoman.web.apidocs import models
from dragoman.web.reference import reference

ROOT = Path(__file__).parent.parent
NAMES = names()


def pages() -> str:
    files = [*sorted((ROOT / "docs").glob("*.md")), *ROOT.glob("README.md")]
    return "\n".join(file.read_text("utf-8") for file in files)


def test_page_of_commands_is_current() -> None:
    assert (ROOT / "docs" / "commands.md").read_text("utf-8") == commands_page(), (
        "run: python -m dragoman.cli.reference"
    )


def test_page_of_the_record_is_current() -> None:
    assert (ROOT / "docs" / "record.md").read_text("utf-8") == record_page(), (
        "run: python -m dragoman.store.columns"
    )


@pytest.mark.parametrize("name", NAMES)
def test_command_and_its_options_are_documented(name: str) -> None:
    text = pages()
    assert f"dragoman {name}" in text
    for parameter in parameters(name):
        assert parameter.help, f"dragoman {name} {parameter.names or parameter.value}: no help"
        for option in parameter.names:
            assert f"`{option}`" in text, f"dragoman {name} {option} is in no page of docs/"


@pytest.mark.parametrize("name", NAMES)
def test_help_teaches_by_example(name: str) -> None:
    section = commands_page().split(f"## dragoman {name}\n")[1].split("\n## ")[0]
    assert f"$ dragoman {name} " in section


def test_page_of_the_reading_room_is_current() -> None:
    page = (ROOT / "docs" / "web.md").read_text("utf-8")
    assert page == reference(page), "run: python -m dragoman.web.reference"


def test_every_page_of_the_reading_room_is_described() -> None:
    for name, fields in models().items():
        for field, about in fields.items():
            assert about, f"{name}.{field} has no docstring"
    page = (ROOT / "docs" / "web.md").read_text("utf-8")
    for address in ("/", "/dyads/", "/changes", "/events/", "/reports/", "/try", "/api"):
        assert f"`{address}" in page
