"""A room over a record of invented happenings, and the system's Chromium to walk through it."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import sync_playwright
from stories import make

from dragoman.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from dragoman.coding.coder import Coder

PATIENCE = 90.0
"""Seconds to wait for something on a page: two cores may be busy with other tests."""
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """The record."""
    return make(tmp_path_factory.mktemp("room") / "news.duckdb", coder)


@pytest.fixture(scope="session")
def room(record: Path, coder: Coder) -> Iterator[str]:
    """The address of a room over the record."""
    app = create_app(record, hosts=frozenset({"127.0.0.1"}), load=lambda: coder)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    bound = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("no Chromium: the tests of the reading room need it; apt-get install chromium")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


class Walk:
    """A page of the browser, and everything that must not happen on it."""

    def __init__(self, page: Page, address: str) -> None:
        """Watch the page."""
        self.page, self.address, self.faults = page, address, []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", self._heard)
        page.on("request", self._asked)
        page.on("dialog", lambda dialog: (self.faults.append("a dialog"), dialog.dismiss()))

    def _heard(self, message: object) -> None:
        if message.type in {"error", "warning"} and "404" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: object) -> None:
        if not request.url.startswith(self.address):
            self.faults.append(f"another host: {request.url}")

    def to(self, path: str) -> Page:
        """Open an address."""
        self.page.goto(self.address + path)
        self.still()
        return self.page

    def still(self) -> None:
        """Wait until the room has shown what was asked for."""
        self.until("!document.body.classList.contains('waiting')")

    def until(self, expression: str, arg: object = None) -> None:
        """Wait until something is so; Playwright's own way needs eval, which the room forbids."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.page.evaluate(expression, arg):
                return
            self.page.wait_for_timeout(20)
        pytest.fail(f"never came to be: {expression}")

    def query(self) -> str:
        """Return the query of the address."""
        return self.page.evaluate("location.search")

    def picture(self, name: str) -> None:
        """Keep a picture for docs/, when the environment asks for it."""
        if os.environ.get("DRAGOMAN_PICTURES"):
            PICTURES.mkdir(exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png")


@pytest.fixture
def walk(browser: Browser, room: str) -> Iterator[Walk]:
    """A walk on a light page; at its end nothing may have gone wrong."""
    yield from walking(browser, room)


def walking(browser: Browser, room: str, **how: object) -> Iterator[Walk]:
    """Give a walk; at its end nothing may have gone wrong."""
    context = browser.new_context(**{"viewport": {"width": 1160, "height": 780}, **how})
    context.set_default_timeout(1000 * PATIENCE)
    walk = Walk(context.new_page(), room)
    yield walk
    assert not walk.page.evaluate("window.ran"), "a script of a report ran"
    context.close()
    assert walk.faults == []


@pytest.fixture
def dark(browser: Browser, room: str) -> Iterator[Walk]:
    """A walk on a dark page."""
    yield from walking(browser, room, color_scheme="dark")


@pytest.fixture
def narrow(browser: Browser, room: str) -> Iterator[Walk]:
    """A walk on a telephone."""
    yield from walking(browser, room, viewport={"width": 360, "height": 740})


@pytest.fixture
def scriptless(browser: Browser, room: str) -> Iterator[Page]:
    """A page that runs no script."""
    context = browser.new_context(java_script_enabled=False, base_url=room)
    context.set_default_timeout(1000 * PATIENCE)
    yield context.new_page()
    context.close()
