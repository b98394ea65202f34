"""What reports may try: script, addresses, formulas, bad Unicode, ten megabytes. All is text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from stories import HOSTILE, SCRIPT

if TYPE_CHECKING:
    from conftest import Walk


@pytest.mark.parametrize("name", list(HOSTILE))
def test_report_is_shown_as_text(walk: Walk, name: str) -> None:
    report = HOSTILE[name]
    page = walk.to(f"/reports/{quote(report.id, safe='')}")
    shown = page.inner_text(".text")
    assert shown[:20].strip() == report.text[:20].strip()
    assert page.locator("main script, main img, main iframe, .text svg").count() == 0
    assert page.locator("main a[href^='javascript:'], main a[href^='data:']").count() == 0
    page.wait_for_timeout(50)


def test_script_in_every_field_stays_text(walk: Walk) -> None:
    page = walk.to("/?q=onerror&aux=any")
    assert page.locator(".entry").count() >= 1
    assert "<script>" in page.inner_text(".facets")
    page.click(".entry .said a >> nth=0")
    page.wait_for_selector(".eventhead")
    assert SCRIPT in page.inner_text(".account")
    page.click("summary:has-text('as it is exported')")
    assert "window.ran" in page.inner_text("pre")
    page.click("text=Why? Read it once more")
    page.wait_for_selector(".sentence")
    assert page.locator("main script, main img").count() == 0


def test_script_in_addresses_stays_text(walk: Walk) -> None:
    for path in (f"/?q={quote(SCRIPT)}", f"/?outlet={quote(SCRIPT)}", f"/events/{quote(SCRIPT)}"):
        page = walk.to(path)
        assert page.locator("main script, main img").count() == 0
    walk.faults = [fault for fault in walk.faults if "404" not in fault]


def test_script_in_a_text_of_ones_own(walk: Walk) -> None:
    page = walk.to("/try")
    page.fill("#text", f"Iran attacked Israel. {SCRIPT}</textarea>{SCRIPT}")
    page.fill("[name=title]", SCRIPT)
    page.click("text=Read it")
    page.wait_for_selector(".result")
    assert SCRIPT in page.inner_text(".result .text")
    assert page.locator("main script, main img").count() == 0


def test_formula_in_a_cell_is_text(walk: Walk) -> None:
    text = walk.page.request.get(f"{walk.address}/?q=Israel&as=csv").text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    for row in rows:
        for name, cell in row.items():
            number = name in {"scale", "confidence", "quad", "accounts"}
            assert number or not cell.startswith(("=", "+", "-", "@")), (name, cell)


HOSTILE_CSV = (
    "/?aux=any&q=Israel",
    "/dyads/IRN/ISR",
    "/changes?by=month",
    "/reports/{report}",
    "/events/{event}",
    "/events/{event}/explain",
    "/review",
)
NUMBERS = {"scale", "confidence", "quad", "accounts", "events", "now", "window", "baseline"}


@pytest.mark.parametrize("path", HOSTILE_CSV)
def test_no_cell_of_any_page_is_a_formula(walk: Walk, path: str) -> None:
    asked = walk.page.request
    found = asked.get(f"{walk.address}/?q=onerror&aux=any&as=json").json()["lines"]
    report = quote(HOSTILE["hostile"].id, safe="")
    path = path.format(event=found[0]["id"], report=report)
    text = asked.get(f"{walk.address}{path}{'&' if '?' in path else '?'}as=csv").text()
    for row in csv.DictReader(io.StringIO(text)):
        assert None not in row.values()
        wrong = {n: c for n, c in row.items() if c.startswith(("=", "+", "-", "@", "\t", "\r"))}
        assert set(wrong) <= NUMBERS


@pytest.mark.parametrize("name", list(HOSTILE))
def test_events_of_hostile_reports_are_shown_as_text(walk: Walk, name: str) -> None:
    """The page of each event, and why it is one: nothing of the report runs there."""
    asked = walk.page.request
    address = f"{walk.address}/reports/{quote(HOSTILE[name].id, safe='')}?as=json"
    lines = asked.get(address).json()["lines"]
    assert lines
    for line in lines[:2]:
        for path in (f"/events/{line['id']}", f"/events/{line['id']}/explain"):
            page = walk.to(path)
            assert page.locator("main script, main img, main iframe").count() == 0
            assert page.locator("main a[href^='javascript:'], main a[href^='data:']").count() == 0
            assert len(page.content()) < 600_000


def test_marks_stand_in_text_that_runs_from_right_to_left(walk: Walk) -> None:
    page = walk.to("/reports/arabic")
    assert page.locator(".text mark").count() >= 3
    assert "هذا عدوان" in page.inner_text(".text")
    lines = page.request.get(f"{walk.address}/reports/arabic?as=json").json()["lines"]
    page = walk.to(f"/events/{lines[0]['id']}")
    assert page.get_attribute(".telling blockquote", "dir") == "auto"
    assert page.locator(".account bdi", has_text="الصحافة").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_right_to_left_stands_in_its_own_direction(walk: Walk) -> None:
    page = walk.to("/reports/arabic")
    assert page.evaluate("getComputedStyle(document.querySelector('h1 bdi')).unicodeBidi") in {
        "isolate", "plaintext",
    }  # fmt: skip
    assert page.get_attribute(".text", "dir") == "auto"


def test_ten_megabytes_are_cut_and_said_to_be(walk: Walk) -> None:
    page = walk.to("/reports/long")
    assert "characters are left out here" in page.inner_text("main")
    assert len(page.content()) < 400_000


def test_ten_megabytes_of_ones_own_are_turned_away(walk: Walk) -> None:
    big = {"name": "big.txt", "mimeType": "text/plain", "buffer": b"So it was told. " * 640_000}
    page = walk.to("/try")
    page.set_input_files("[name=file]", big)
    page.click("text=Read it")
    page.wait_for_selector(".note")
    assert page.inner_text(".note").startswith("big.txt")
