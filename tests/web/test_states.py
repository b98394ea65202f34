"""Every kind of page: its state in the address, the same as JSON and CSV, back and forward."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from conftest import Walk

KINDS = (
    "/?type=ASSAULT&press=IRN&measure=share&by=month&order=told",
    "/?q=power&since=2024-01-01&until=2024-06-30&min=0.3",
    "/dyads/RUS/UKR?since=2023-12-01",
    "/changes?by=month&type=ASSAULT",
    "/events/{event}",
    "/events/{event}/explain",
    "/reports/{report}",
    "/review",
    "/review/judge?type=ASSAULT",
    "/review/judge?event={event}",
    "/api",
)
"""An address of each kind of page; names in braces are those of a real event and report."""


def real(walk: Walk, path: str) -> str:
    """Return an address with the names of a real event and report."""
    asked = walk.page.request
    line = asked.get(f"{walk.address}/?type=ASSAULT&order=told&as=json").json()["lines"][0]
    event = asked.get(f"{walk.address}/events/{line['id']}?as=json").json()
    report = quote(event["accounts"][0]["report"], safe="")
    return path.format(event=line["id"], report=report)


def named(walk: Walk) -> None:
    """Say who judges: without a name nobody is shown a sentence to judge."""
    page = walk.to("/review")
    page.fill("#reviewer", "Ada")
    page.keyboard.press("Enter")
    walk.until("!!document.querySelector('[data-key=n]')")


@pytest.mark.parametrize("path", KINDS)
def test_page_json_and_csv_stand_at_one_address(walk: Walk, path: str) -> None:
    named(walk)
    path = real(walk, path)
    page = walk.to(path)
    links = {a.inner_text(): a.get_attribute("href") or "" for a in page.locator(".forms a").all()}
    assert set(links) == {"CSV", "JSON"}
    as_json = page.request.get(walk.address + links["JSON"])
    assert as_json.headers["content-type"] == "application/json"
    assert page.title() == f"{as_json.json()['title']} · Dragoman"
    as_csv = page.request.get(walk.address + links["CSV"])
    assert as_csv.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(as_csv.text())))
    if not path.startswith("/review"):  # of which there are figures only when somebody has judged
        assert len(rows) > 1
    assert len({len(row) for row in rows}) <= 1


def test_back_and_forward_over_pages_of_every_kind(walk: Walk) -> None:
    page = walk.to("/?type=CONSULT")
    steps = [
        ("a[href^='/dyads/']", "/dyads/"),
        (".dyad .note a", "/changes"),
        (".top nav a[href='/api']", "/api"),
    ]
    titles = [page.title()]
    for link, path in steps:
        page.locator(link).first.focus()
        page.keyboard.press("Enter")
        walk.until("p => location.pathname.startsWith(p) && document.title.length > 0", path)
        walk.still()
        titles.append(page.title())
    assert len(set(titles)) == len(titles)
    for title in titles[-2::-1]:
        page.go_back()
        walk.until("t => document.title === t", title)
    walk.still()
    assert walk.query() == "?type=CONSULT"
    for title in titles[1:]:
        page.go_forward()
        walk.until("t => document.title === t", title)


def test_a_choice_in_one_picture_narrows_the_others(walk: Walk) -> None:
    """Each picture is chosen from once; all three others and the list show that choice alone."""
    choices = (
        (".matrix td a", "pair="),
        (".net a[aria-label^='Iran:']", "party="),
        (".map a", "place="),
        (".bars a:has(rect:not(.hit):not(.read))", "since="),
    )
    for link, field in choices:
        page = walk.to("/")
        page.locator(link).first.focus()
        page.keyboard.press("Enter")
        walk.until("f => location.search.includes(f)", field)
        walk.still()
        held = page.request.get(f"{walk.address}/{walk.query()}&as=json").json()
        assert sum(sum(p["events"]) for p in held["timeline"]["periods"]) == (
            held["events"] - held["undated"]
        ), field
        assert page.locator(".map .dot").count() == len(held["places"]), field
        ties = {frozenset((c["source"], c["target"])) for c in held["pairs"]}
        assert page.locator(".net .tie").count() == len(ties), field
        squares = page.locator(".matrix td a").all_inner_texts()
        assert sorted(map(int, squares)) == sorted(c["events"] for c in held["pairs"]), field
