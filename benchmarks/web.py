"""Time the reading room in a browser over a large record, and with many readers at once.

Usage: python benchmarks/web.py [--events N] [--record PATH] [--seconds S] [--readers R]

Without --record, the reports of ``gold/happenings`` stand in a record again and again under other
ids and days until it holds about N events (100,000; the floors are for 1,000,000). Prints medians
of the first paint, a click on a facet that nobody has chosen before, and a step of the map's pan;
then what many readers wait who each ask, read for some seconds, and ask again. Exit code 1 when a
median exceeds 1,000, 500 or 100 milliseconds, an answer fails, or 95 of 100 answers take longer
than a second.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
from joining import make
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
PAINT, CLICK, PAN, WAIT = 1000, 500, 100, 1000
"""Milliseconds at most."""
TIMES = 9
THINK = (3.0, 9.0)
"""Seconds that a reader looks at an answer, between these."""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
CLICKED = """async facet => {
    const links = [...document.querySelectorAll(`[data-facet=${facet}]:not(.chosen)`)];
    const link = links[Math.floor(links.length / 2)];
    const before = location.search, began = performance.now();
    link.click();
    while (location.search === before || document.body.classList.contains("waiting"))
        await new Promise(resolve => setTimeout(resolve, 2));
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return performance.now() - began;
}"""
PANNED = """async () => {
    const map = document.querySelector(".map"), box = map.getBoundingClientRect(), taken = [];
    document.querySelector("[data-zoom=in]").click();
    const at = (type, x) => map.dispatchEvent(new PointerEvent(
        type, { clientX: box.x + x, clientY: box.y + 90, button: 0, bubbles: true }));
    at("pointerdown", 300);
    for (let step = 1; step < 30; step++) {
        const began = performance.now();
        at("pointermove", 300 - 6 * step);
        await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
        taken.push(performance.now() - began);
    }
    at("pointerup", 100);
    return taken.sort((a, b) => a - b)[15];
}"""


def main() -> int:
    """Make the record, open the room, time it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record: Path = asked.record or Path(folder) / "record.duckdb"
        if not record.exists():
            make(record, int(asked.events * 1.23))
        began = time.perf_counter()
        room = subprocess.Popen(
            [sys.executable, "-m", "dragoman", "serve", record, "--no-browser", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert room.stdout is not None  # noqa: S101
            address = room.stdout.readline().rpartition(" ")[2].strip().rstrip("/")
            events = state(address)["events"]
            print(f"{events:,} events; open after {time.perf_counter() - began:.1f} s")
            late = alone(address)
            late += crowd(address, asked.readers, asked.seconds)
        finally:
            room.terminate()
            room.wait(10)
    return 1 if late else 0


def state(address: str) -> dict[str, int]:
    """Return what the room says of its record."""
    with httpx.Client(timeout=120) as client:
        found: dict[str, int] = client.get(f"{address}/?as=json").json()["record"]
    return found


def alone(address: str) -> int:
    """Print what one reader waits for; return how many medians are too long."""
    found = shutil.which("chromium") or "chromium"
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=FLAGS)
        paints = [paint(browser.new_page(), address) for _ in range(TIMES)]
        page = browser.new_page()
        page.goto(address)
        clicks = [click(page, address, number) for number in range(TIMES)]
        page.goto(address)
        pans = [page.evaluate(PANNED) for _ in range(TIMES)]
        browser.close()
    late = 0
    for name, taken, limit in (
        ("first paint", paints, PAINT),
        ("facet click", clicks, CLICK),
        ("step of a pan", pans, PAN),
    ):
        median = statistics.median(taken)
        late += median > limit
        share = median / limit
        print(f"{name:<16}{median:>8,.0f} ms, {share:.2f} of the limit; worst {max(taken):,.0f}")
    return late


def paint(page: Page, address: str) -> float:
    """Return when the contents first stood on the page, in milliseconds."""
    page.goto(address)
    while not (taken := page.evaluate(PAINTED)):
        page.wait_for_timeout(10)
    page.close()
    return float(taken)


def click(page: Page, address: str, number: int) -> float:
    """Return how long a click on a facet takes that nobody has chosen before."""
    month = f"{2026 + number % 9}-0{1 + number % 9}-01"
    page.goto(f"{address}/?since={month}")
    facet = ("type", "party", "quad", "outlet", "dyad")[number % 5]
    return float(page.evaluate(CLICKED, facet))


def crowd(address: str, readers: int, seconds: float) -> int:
    """Print what many readers wait; return how many answers failed, or 1 when they waited long."""
    taken: list[float] = []
    faults: list[str] = []
    ends = time.monotonic() + seconds
    threads = [
        threading.Thread(target=read, args=(address, number, ends, taken, faults))
        for number in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.sort()
    slow = taken[int(len(taken) * 0.95)]
    middle = statistics.median(taken)
    print(
        f"{readers} readers, {seconds:.0f} s: {len(taken):,} answers, {len(faults)} faults; median"
        f" {middle:,.0f} ms, 95 of 100 within {slow:,.0f} ms, worst {taken[-1]:,.0f}"
    )
    for fault in sorted(set(faults))[:5]:
        print(f"  {fault}")
    return len(faults) + (slow > WAIT)


def read(address: str, number: int, ends: float, taken: list[float], faults: list[str]) -> None:
    """Be one reader: ask, look, follow something, now and then open an event or a pair."""
    choice = random.Random(number)  # noqa: S311 - a reader, not a secret
    with httpx.Client(timeout=60, headers={"Accept": "application/json"}) as client:
        time.sleep(choice.uniform(0, THINK[1]))
        path = "/"
        while time.monotonic() < ends:
            began = time.perf_counter()
            try:
                answer = client.get(address + path, headers={"Accept": "text/html"})
                taken.append(1000 * (time.perf_counter() - began))
                if answer.status_code != 200:
                    faults.append(f"{answer.status_code} {path}")
                path = following(answer.text, choice)
            except httpx.HTTPError as error:
                faults.append(f"{type(error).__name__} {path}")
                path = "/"
            time.sleep(choice.uniform(*THINK))


def following(page: str, choice: random.Random) -> str:
    """Return a link of a page: mostly facets, now and then an event or a pair."""
    kind = choice.choices(("/?", "/events/", "/dyads/", "/changes"), (6, 2, 1, 1))[0]
    links = [part.partition('"')[0] for part in page.split('href="')[1:]]
    fitting = [link for link in links if link.startswith(kind) and "/explain" not in link]
    chosen = choice.choice(fitting) if fitting else "/"
    return quote(chosen.replace("&amp;", "&"), safe="/?&=%#+")


if __name__ == "__main__":
    sys.exit(main())
