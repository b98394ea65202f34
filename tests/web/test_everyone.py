"""Screens of 320 pixels (400 % zoom), large enough targets, a focus that is seen, no motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import walking
from test_axe import PAGES, violations
from test_states import named, real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Walk
    from playwright.sync_api import Browser

EVERY = (
    *PAGES,
    "/?press=IRN&order=told",
    "/events/{event}",
    "/events/{event}/explain",
    "/reports/{report}",
    "/review",
    "/review/judge?type=ASSAULT",
)
SEEN = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    const parts = [...at.querySelectorAll('.hit, .dot, .node, .tie')].map(p => getComputedStyle(p));
    const shown = style.outlineStyle !== 'none' || parts.some(p => p.stroke !== 'none');
    const inside =
        box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const over = document.elementFromPoint(
        Math.max(0, Math.min(innerWidth - 1, box.left + box.width / 2)),
        Math.max(0, Math.min(innerHeight - 1, box.top + box.height / 2)));
    const covered = over && !at.contains(over) && !over.contains(at) && !at.closest('svg');
    return [shown && inside && !covered, at.outerHTML.slice(0, 120)];
}"""


@pytest.fixture
def zoomed(browser: Browser, room: str) -> Iterator[Walk]:
    """A walk at 400 % zoom of a screen of 1280 by 1024."""
    yield from walking(browser, room, viewport={"width": 320, "height": 256})


def test_no_page_is_wider_than_320_pixels(zoomed: Walk) -> None:
    named(zoomed)
    wide = []
    for path in EVERY:
        page = zoomed.to(real(zoomed, path))
        page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wide.append(path)
    assert wide == []
    zoomed.faults = [fault for fault in zoomed.faults if "404" not in fault]


def test_no_violation_at_320_pixels(zoomed: Walk) -> None:
    named(zoomed)
    for path in ("/", "/dyads/IRN/RUS", "/events/{event}", "/try", "/review"):
        zoomed.to(real(zoomed, path))
        assert violations(zoomed) == [], path


def test_targets_are_large_enough(walk: Walk) -> None:
    """24 by 24 pixels, or as far apart. What stands in pictures has its like in the facets."""
    named(walk)
    options = {"runOnly": {"type": "rule", "values": ["target-size"]}}
    for path in EVERY:
        page = walk.to(real(walk, path))
        found = Axe().run(page, context={"exclude": [["svg"]]}, options=options)
        wrong = [n["html"][:160] for v in found.response["violations"] for n in v["nodes"]]
        assert wrong == [], path
    walk.faults = [fault for fault in walk.faults if "404" not in fault]


@pytest.mark.parametrize("path", ["/", "/dyads/RUS/UKR", "/review/judge?type=ASSAULT"])
def test_focus_is_seen_and_not_hidden(walk: Walk, path: str) -> None:
    named(walk)
    page = walk.to(path)
    page.evaluate("document.activeElement.blur()")
    for _ in range(45):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):  # round once
            break
        seen, what = page.evaluate(SEEN)
        assert seen, what


def test_nothing_moves_for_those_who_want_it_still(browser: Browser, room: str) -> None:
    moving = (
        "() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
    )
    moving += " return s.transitionDuration !== '0s' || s.animationName !== 'none'; }).length"
    for walk in walking(browser, room, reduced_motion="reduce"):
        assert walk.to("/").evaluate(moving) == 0
