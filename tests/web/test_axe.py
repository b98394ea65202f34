"""Every page for everyone: WCAG 2.2 AA by axe, light and dark, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from conftest import Walk

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/",
    "/?type=ASSAULT&q=power",
    "/?measure=scale&order=told",
    "/?press=IRN&review=open",
    "/?q=nothing-like-this",
    "/dyads/IRN/RUS",
    "/dyads/FJI/PER",
    "/changes",
    "/api",
    "/try",
    "/reports/arabic",
    "/no-such-page",
)


def violations(walk: Walk) -> list[str]:
    """Return what axe finds wrong."""
    found = Axe().run(walk.page, options={"runOnly": RULES})
    return [
        f"{wrong['id']}: {wrong['help']}: {node['html'][:160]}"
        for wrong in found.response["violations"]
        for node in wrong["nodes"][:3]
    ]


NARROW = ("/", "/dyads/IRN/RUS", "/changes", "/try")
"""Pages that are laid out otherwise on a narrow screen."""


@pytest.mark.parametrize(
    ("look", "path"),
    [
        *(("walk", path) for path in PAGES),
        *(("dark", path) for path in PAGES),
        *(("narrow", path) for path in NARROW),
    ],
)
def test_page(look: str, path: str, request: pytest.FixtureRequest) -> None:
    walk: Walk = request.getfixturevalue(look)
    walk.to(path)
    assert violations(walk) == []


@pytest.mark.parametrize("look", ["walk", "dark"])
def test_event_and_its_explanation(look: str, request: pytest.FixtureRequest) -> None:
    walk: Walk = request.getfixturevalue(look)
    page = walk.to("/?q=power+station&order=told")
    page.click(".entry .said a >> nth=0")
    page.wait_for_selector(".eventhead")
    for details in page.query_selector_all("details"):
        details.evaluate("d => d.open = true")
    assert violations(walk) == []
    page.click("text=Why? Read it once more")
    page.wait_for_selector(".sentence")
    for details in page.query_selector_all("details"):
        details.evaluate("d => d.open = true")
    assert violations(walk) == []


@pytest.mark.parametrize("look", ["walk", "dark"])
def test_text_of_ones_own(look: str, request: pytest.FixtureRequest) -> None:
    walk: Walk = request.getfixturevalue(look)
    page = walk.to("/try")
    page.fill("#text", "Turkey expelled three Greek diplomats on Friday. It rained.")
    page.click("text=Read it")
    page.wait_for_selector(".result")
    assert violations(walk) == []
