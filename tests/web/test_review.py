"""Review in the browser: every key, every form without script, for everyone."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import uvicorn
from conftest import Walk, walking
from stories import HOSTILE
from test_axe import violations

from dragoman.review.ledger import ledger_of, read_ledger
from dragoman.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from dragoman.coding.coder import Coder


@pytest.fixture(scope="module")
def own(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of this module's own: others are looked at while nobody judges them."""
    return Path(shutil.copy(record, tmp_path_factory.mktemp("review")))


@pytest.fixture(scope="module")
def desk(own: Path, coder: Coder) -> Iterator[str]:
    """The address of a room over it."""
    app = create_app(own, hosts=frozenset({"127.0.0.1"}), load=lambda: coder)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    bound, server = config.bind_socket(), uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(autouse=True)
def blank(own: Path) -> None:
    """Begin without verdicts."""
    ledger_of(own).unlink(missing_ok=True)


@pytest.fixture
def ada(browser: Browser, desk: str) -> Iterator[Walk]:
    """A reviewer with a name."""
    for walk in walking(browser, desk):
        named(walk, "Ada")
        yield walk


def named(walk: Walk, name: str) -> None:
    """Say who judges."""
    page = walk.to("/review")
    page.fill("#reviewer", name)
    page.keyboard.press("Enter")
    walk.until("!!document.querySelector('[data-key=n]')")
    walk.still()


def said(walk: Walk, words: str) -> None:
    """Wait until a page says that something was done."""
    walk.until("w => document.querySelector('[data-said]')?.textContent.includes(w)", words)
    walk.still()


def heard(walk: Walk) -> str:
    """Return what a screen reader was last told."""
    return walk.page.inner_text("#said")


def focused(page: Page) -> str | None:
    """Return the key of what has the focus."""
    return page.evaluate("document.activeElement?.dataset?.key ?? document.activeElement?.id")


def at(page: Page) -> str:
    """Return the mention that is shown."""
    return page.locator("input[name=mention]").first.get_attribute("value") or ""


def verdicts(own: Path) -> list[str]:
    """Return the verdicts in the ledger."""
    return [line.verdict for line in read_ledger(ledger_of(own))]


def test_judging_by_keys(ada: Walk, own: Path) -> None:
    page = ada.page
    page.keyboard.press("n")
    ada.until("!!document.querySelector('.judge')")
    ada.still()
    first = at(page)
    page.keyboard.press("a")
    said(ada, "Accepted. Ada: 1 of")
    assert at(page) != first
    assert focused(page) == "a"  # the focus is where it was
    assert heard(ada).startswith("Accepted.")
    second = at(page)
    page.keyboard.press("r")
    said(ada, "Rejected. Ada: 2 of")
    assert focused(page) == "r"
    page.keyboard.press("u")
    said(ada, "Undone. Ada: 1 of")
    assert at(page) == second
    page.keyboard.press("u")
    said(ada, "Undone. Ada: 0 of")
    assert at(page) == first
    assert verdicts(own) == ["accept", "reject", "undo", "undo"]
    page.keyboard.press("n")
    ada.until("f => document.querySelector('input[name=mention]').value !== f", first)
    assert at(page) == second
    ada.still()
    page.keyboard.press("p")
    ada.until("f => document.querySelector('input[name=mention]').value === f", first)


def test_back_leads_to_what_was_judged(ada: Walk) -> None:
    page = ada.to("/review/judge?type=ASSAULT")
    first = at(page)
    page.keyboard.press("a")
    said(ada, "Accepted.")
    second = at(page)
    page.keyboard.press("n")
    ada.until("s => document.querySelector('input[name=mention]').value !== s", second)
    ada.still()
    page.go_back()
    ada.until("s => document.querySelector('input[name=mention]')?.value === s", second)
    ada.still()
    assert "at=" in ada.query()  # the address says which sentence
    page = ada.to(f"/review/judge?type=ASSAULT&at={quote(first, safe='')}")
    assert "You have accepted it" in page.inner_text("main")


def test_resuming_where_one_left_off(ada: Walk, browser: Browser, desk: str) -> None:
    page = ada.to("/review/judge")
    page.keyboard.press("a")
    said(ada, "1 of")
    left = at(page)
    for again in walking(browser, desk):
        named(again, "Ada")
        assert at(again.to("/review/judge")) == left


@pytest.mark.parametrize("key", list("1234567890"))
def test_every_field_has_its_key(ada: Walk, own: Path, key: str) -> None:
    page = ada.to("/review/judge?type=ASSAULT")
    page.keyboard.press(key)
    name = page.evaluate("document.activeElement.id")
    assert name.startswith("f-")
    values = {
        "f-event": "COERCE", "f-mode": "aerial", "f-context": "military",
        "f-actor": "BLR GOV: Belarus", "f-recipient": "MDA: Moldova", "f-date": "2024-01-02",
        "f-place": "UKR: Izium @ 49.21, 37.28", "f-aux": "future", "f-size": "dead=2-3",
        "f-source": "UKR GOV: Kyiv, claim",
    }  # fmt: skip
    page.keyboard.type(values[name])  # digits and letters are written, not obeyed
    page.keyboard.press("Enter")
    said(ada, "Corrected.")
    assert focused(page) == key
    assert page.inner_text(".corrections .amended b") == values[name]
    assert verdicts(own) == ["correct"]


def test_c_corrects_the_same_field_again_and_escape_leaves_it(ada: Walk, own: Path) -> None:
    page = ada.to("/review/judge")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.id") == "f-event"
    page.keyboard.press("Escape")
    assert focused(page) == "1"
    page.keyboard.press("6")
    page.keyboard.type("2024-01-02")
    page.keyboard.press("Enter")
    said(ada, "Corrected.")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.id") == "f-date"
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    said(ada, "Accepted.")
    assert verdicts(own) == ["correct", "accept"]


def test_a_wrong_value_is_told_where_it_was_written(browser: Browser, desk: str, own: Path) -> None:
    for walk in walking(browser, desk):
        named(walk, "Ada")
        page = walk.to("/review/judge")
        page.keyboard.press("6")
        page.keyboard.type("Friday")
        page.keyboard.press("Enter")
        walk.until("!!document.querySelector('[role=alert]')")
        walk.still()
        assert "YYYY-MM-DD" in page.inner_text("[role=alert]")
        assert page.evaluate("document.activeElement.id") == "f-date"
        assert page.input_value("#f-date") == "Friday"
        assert "YYYY-MM-DD" in heard(walk)
        assert verdicts(own) == []
        walk.faults = [fault for fault in walk.faults if "422" not in fault]


def test_joining_and_splitting_by_keys(ada: Walk, own: Path) -> None:
    page = ada.to("/?type=ASSAULT&order=told")
    page.click(".entry .said a >> nth=0")
    ada.until("!!document.querySelector('.eventhead')")
    page.click("text=Judge its sentences")
    ada.until("!!document.querySelector('.judge')")
    ada.still()
    page.keyboard.press("s")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.locator("button[value=split]").click()
    said(ada, "Split.")
    page.keyboard.press("j")
    kind = page.evaluate("document.activeElement.type")
    if kind == "text":
        page.keyboard.type(read_ledger(ledger_of(own))[0].accounts[0])
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Space")
        page.locator("button[value=join]").click()
    said(ada, "Joined.")
    assert verdicts(own) == ["split", "join"]
    page.keyboard.press("u")
    said(ada, "Undone.")
    assert verdicts(own) == ["split", "join", "undo"]


def test_help_and_switching_keys_off(ada: Walk, own: Path) -> None:
    page = ada.to("/review/judge")
    page.keyboard.press("?")
    assert page.locator(".keys[open]").count() == 1
    page.click("[data-switch]")
    page.keyboard.press("a")
    page.wait_for_timeout(100)
    assert verdicts(own) == []
    page = ada.to("/review/judge")  # it stays off
    assert page.get_attribute("[data-switch]", "aria-pressed") == "false"
    page.click("[data-switch]")
    page.keyboard.press("a")
    said(ada, "Accepted.")


def test_keys_with_others_held_are_the_browsers_own(ada: Walk, own: Path) -> None:
    page = ada.to("/review/judge")
    for held in ("Control+a", "Alt+r", "Meta+u"):
        page.keyboard.press(held)
    page.wait_for_timeout(100)
    assert verdicts(own) == []


def test_two_reviewers_and_the_queue_of_disagreements(
    ada: Walk, browser: Browser, desk: str
) -> None:
    judged(ada, "aaraaa")
    for eve in walking(browser, desk):
        named(eve, "Eve")
        assert "Ada" not in eve.to("/review/judge").inner_text("main")
        judged(eve, "raraaa")
        other = eve.to("/review")
        assert "on 6 sentences that two or more judged" in other.inner_text("main")
        eve.picture("review")
        other.click("text=Settle 1 disagreement")
        eve.until("!!document.querySelector('.opinions')")
        eve.still()
        assert "Ada accepted it" in other.inner_text(".opinions")
        eve.picture("settle")
        other.keyboard.press("a")
        said(eve, "Accepted.")
        assert "Nothing is left" in other.inner_text("h1")
    assert "Settle" not in ada.to("/review").inner_text("main")


def judged(walk: Walk, keys: str) -> None:
    """Judge the first sentences of the whole record."""
    page = walk.to("/review/judge")
    for number, key in enumerate(keys, 1):
        page.keyboard.press(key)
        said(walk, f"{'Accepted' if key == 'a' else 'Rejected'}. ")
        said(walk, f": {number} of")


def test_the_room_is_narrowed_down_by_what_was_judged(ada: Walk) -> None:
    page = ada.to("/?aux=any")
    assert page.locator("[data-facet=review]").count() == 0
    page = ada.to("/review/judge")
    event = page.get_attribute(".entry", "data-event")
    ada.to(f"/review/judge?event={event}")
    while page.locator(".judged").count():
        before = page.inner_text("[data-said]")
        page.keyboard.press("r")
        ada.until("b => document.querySelector('[data-said]').innerText !== b", before)
        ada.still()
    page = ada.to("/?aux=any")
    assert "1 rejected in review is among them" in page.inner_text(".honest")
    page.locator("[data-facet=review]", has_text="rejected").first.click()
    ada.until("location.search.includes('review=rejected')")
    ada.still()
    assert page.inner_text("[data-total]") == "1"
    assert page.get_attribute(".entry", "data-event") == event
    assert "rejected in review" in page.inner_text(".entry")
    page = ada.to("/?aux=any")
    page.click("text=leave out")
    ada.until("location.search.includes('review=open')")
    ada.still()
    assert page.locator(f".entry[data-event='{event}']").count() == 0


def test_everything_works_without_script(browser: Browser, desk: str, own: Path) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=desk)
    page = context.new_page()
    page.goto("/review")
    page.fill("#reviewer", "Grace")
    page.click("text=Begin")
    page.click("text=Begin with the whole record")
    page.click("text=Accept >> nth=0")
    assert "Accepted." in page.inner_text("[data-said]")
    page.click("summary:has-text('When')")
    page.fill("#f-date", "2024-02-02")
    page.click("details[data-correct=date] button")
    assert "Corrected." in page.inner_text("[data-said]")
    page.click("button[value=undo]")
    page.click("button[value=reject]")
    assert "Rejected." in page.inner_text("[data-said]")
    assert verdicts(own) == ["accept", "correct", "undo", "reject"]
    assert {line.reviewer for line in read_ledger(ledger_of(own))} == {"Grace"}
    context.close()


def test_hostile_reports_and_names_are_shown_as_text(browser: Browser, desk: str) -> None:
    for walk in walking(browser, desk):
        named(walk, "<script>window.ran = true</script>")
        page = walk.to(f"/review/judge?at={quote(HOSTILE['hostile'].id + ':1', safe='')}")
        assert "<script>" in page.inner_text(".judged")
        page.keyboard.press("a")
        said(walk, "Accepted.")
        assert "<script>" in walk.to("/review").input_value("#reviewer")


LOOKS = ({}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}})


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "narrow"])
def test_for_everyone(browser: Browser, desk: str, look: dict[str, object]) -> None:
    for walk in walking(browser, desk, **look):
        walk.to("/review")
        assert violations(walk) == []
        named(walk, "Ada")
        assert violations(walk) == []
        page = walk.to("/review/judge?type=ASSAULT")
        page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
        assert violations(walk) == []
        page.keyboard.press("1")
        page.keyboard.type("COERCE")
        page.keyboard.press("Enter")
        said(walk, "Corrected.")
        if not look:
            walk.picture("judge")
        assert violations(walk) == []
        page.keyboard.press("r")
        said(walk, "Rejected.")
        walk.to("/review")
        assert violations(walk) == []
