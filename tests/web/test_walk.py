"""A walk through the room as readers take it: every page, facet, picture and upload."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Walk
    from playwright.sync_api import Page


def total(page: Page) -> int:
    """Return how many events the room says it has found."""
    return int("".join(c for c in page.inner_text("[data-total]") if c.isdigit()))


def test_first_page(walk: Walk) -> None:
    page = walk.to("/")
    assert total(page) > 100
    assert page.locator(".bars a").count() > 10
    assert page.locator(".map .dot").count() >= 4
    assert page.locator(".net .node").count() >= 6
    assert page.locator(".matrix td a").count() >= 6
    assert page.locator(".entry").count() == 25
    walk.picture("room")


def test_every_facet_narrows_and_comes_back(walk: Walk) -> None:
    page = walk.to("/")
    everything = total(page)
    facets = page.eval_on_selector_all(
        "[data-facet]", "links => [...new Set(links.map(a => a.dataset.facet))]"
    )
    assert len(facets) >= 12
    page.eval_on_selector_all(".facet", "all => all.forEach(d => d.open = true)")
    for facet in facets:
        link = page.locator(f"[data-facet={facet}]").first
        count = int("".join(c for c in link.locator(".count").inner_text() if c.isdigit()))
        link.click()
        walk.until("location.search !== ''")
        walk.still()
        assert f"{facet}=" in walk.query()
        assert total(page) == count, facet
        assert page.locator(f"[data-facet={facet}][aria-current=true]").count() == 1
        page.locator(".chips .all").click()
        walk.until("location.search === ''")
        walk.still()
        assert total(page) == everything
        page.eval_on_selector_all(".facet", "all => all.forEach(d => d.open = true)")


def test_back_and_forward(walk: Walk) -> None:
    page = walk.to("/")
    numbers = [total(page)]
    for facet in ("type", "outlet"):
        page.locator(f"[data-facet={facet}]").first.click()
        walk.until(f"location.search.includes('{facet}=')")
        walk.still()
        numbers.append(total(page))
    page.go_back()
    walk.until("!location.search.includes('outlet=')")
    walk.still()
    assert total(page) == numbers[1]
    page.go_back()
    walk.until("location.search === ''")
    walk.still()
    assert total(page) == numbers[0]
    page.go_forward()
    walk.until("location.search.includes('type=')")
    walk.still()
    assert total(page) == numbers[1]
    page.reload()
    assert total(page) == numbers[1]


def test_search_by_words_and_days(walk: Walk) -> None:
    page = walk.to("/?type=ASSAULT")
    page.fill("#q", "power STATION")
    page.fill("[name=since]", "2024-01-01")
    page.keyboard.press("Enter")
    walk.until("location.search.includes('q=')")
    walk.still()
    assert "type=ASSAULT" in walk.query()
    assert "since=2024-01-01" in walk.query()
    assert all("power station" in text for text in page.locator(".entry .said").all_inner_texts())
    assert "event" in page.inner_text("#said")


def test_pages_of_events_have_no_gap(walk: Walk) -> None:
    page = walk.to("/?order=old")
    seen: list[str] = []
    while True:
        seen += page.eval_on_selector_all(".entry", "all => all.map(e => e.dataset.event)")
        further = page.locator(".more a")
        if not further.count():
            break
        before = page.locator(".entry").first.get_attribute("data-event")
        further.click()
        walk.until("id => document.querySelector('.entry').dataset.event !== id", arg=before)
    assert len(seen) == len(set(seen)) == total(page)


def test_days_are_brushed_and_every_picture_follows(walk: Walk) -> None:
    page = walk.to("/")
    before, dots = total(page), page.locator(".net .tie").count()
    box = page.locator(".bars").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.9, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.97, y, steps=5)
    page.mouse.up()
    walk.until("location.search.includes('since=')")
    walk.still()
    assert "until=" in walk.query()
    assert 0 < total(page) < before
    assert page.locator(".net .tie").count() <= dots


def test_score_and_share_are_drawn(walk: Walk) -> None:
    page = walk.to("/")
    for measure in ("share", "scale"):
        page.click(f".switch a[href*='measure={measure}']")
        walk.until(f"location.search.includes('measure={measure}')")
        walk.still()
        assert page.locator(".bars a rect:not(.hit):not(.read)").count() > 5


def test_map_is_moved_and_chosen_from(walk: Walk) -> None:
    page = walk.to("/")
    view = page.get_attribute(".map", "viewBox")
    page.click("[data-zoom=in]")
    walk.until("v => document.querySelector('.map').getAttribute('viewBox') !== v", arg=view)
    page.click("[data-zoom=box]")
    walk.until("location.search.includes('box=')")
    walk.still()
    west, south, east, north = map(float, walk.query().split("box=")[1].split("%2C"))
    shown = page.request.get(f"{walk.address}/{walk.query()}&as=json").json()["places"]
    assert shown
    assert all(west <= p["lon"] <= east and south <= p["lat"] <= north for p in shown)
    page.click("[data-zoom=in]")
    page.wait_for_timeout(100)
    page.locator(".map").scroll_into_view_if_needed()
    box = page.locator(".map").bounding_box()
    closer = page.get_attribute(".map", "viewBox")
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 160, steps=4)
    page.mouse.up()
    walk.until("v => document.querySelector('.map').getAttribute('viewBox') !== v", arg=closer)
    assert total(page) > 0


def test_place_on_the_map_is_a_link(walk: Walk) -> None:
    page = walk.to("/")
    page.locator(".map a").first.focus()
    page.keyboard.press("Enter")
    walk.until("location.search.includes('place=')")
    walk.still()
    assert total(page) > 0


def test_matrix_gives_who_to_whom(walk: Walk) -> None:
    page = walk.to("/")
    cell = page.locator(".matrix td a").first
    count = int(cell.inner_text().replace("\u202f", ""))
    cell.click()
    walk.until("location.search.includes('pair=')")
    walk.still()
    assert total(page) == count


def test_network_lights_up_and_opens_a_pair(walk: Walk) -> None:
    page = walk.to("/")
    page.hover(".net a[data-code='RUS'] .node")
    assert page.locator(".lit").count() > 1
    assert page.locator(".facets .lit[data-code='RUS']").count() >= 1
    page.locator(".net a[href='/dyads/IRN/RUS']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".dyad h1")
    assert page.inner_text(".dyad h1") == "Iran and Russia"


def test_page_of_a_pair(walk: Walk) -> None:
    page = walk.to("/dyads/RUS/UKR")
    headings = page.locator(".themes h2").all_inner_texts()
    assert any("Fought" in text for text in headings)
    assert any("Denied" in text for text in headings)
    assert page.locator(".bars a").count() > 5
    assert page.locator(".month").count() == 12
    walk.picture("pair")
    page.click("text=Earlier months")
    walk.until("location.search.includes('until=')")
    walk.still()
    assert page.locator(".month").count() >= 1


def test_what_the_outlets_of_each_side_say(walk: Walk) -> None:
    page = walk.to("/dyads/IRN/RUS")
    table = page.locator("section[aria-labelledby=t-press] table").first
    rows = dict(
        zip(
            *(table.locator(f"tbody {t}").all_inner_texts() for t in ("th", "td:nth-child(2)")),
            strict=True,
        )
    )
    assert int(rows["Outlets made in Iran"]) > 0
    assert int(rows["Outlets made in Russia"]) > 0
    assert int(rows["Outlets of which it is not known"]) > 0
    page.click("text=Outlet by outlet")
    shown = page.inner_text("section[aria-labelledby=t-press] details")
    assert "Iran\tits name" in shown
    assert "Russia\tthe ending of its address" in shown
    page.locator("section[aria-labelledby=t-press]").scroll_into_view_if_needed()
    walk.picture("outlets")
    page.click("text=Outlets made in Iran")
    walk.until("location.pathname === '/' && location.search.includes('press=IRN')")
    walk.still()
    assert total(page) == int(rows["Outlets made in Iran"])


def test_change(walk: Walk) -> None:
    page = walk.to("/changes")
    assert page.locator("tbody tr").count() > 5
    assert "too few events to tell" in page.inner_text("tbody")
    page.click("text=month >> nth=0")
    walk.until("location.search.includes('by=month')")
    walk.still()
    assert "2024-05" in page.inner_text(".lead")
    walk.picture("change")


def test_event_explains_itself(walk: Walk) -> None:
    page = walk.to("/?q=power+station&order=told")
    page.click(".entry .said a >> nth=0")
    page.wait_for_selector(".eventhead")
    assert page.locator("mark.trigger").count() >= 1
    assert page.locator("mark.actor").count() >= 1
    assert page.locator(".account").count() >= 2
    assert "accounts differ" in page.inner_text("#t-figures")
    fields = page.locator(".reads >> nth=0 >> tbody th").all_inner_texts()
    assert {"trigger", "actor", "recipient", "date", "place", "said by"} <= set(fields)
    walk.picture("event")
    page.click(".account h3 a >> nth=0")
    page.wait_for_selector(".report")
    assert page.locator(".text a mark").count() >= 1


def test_event_is_read_once_more(walk: Walk) -> None:
    page = walk.to("/?q=diplomats")
    page.click(".entry .said a >> nth=0")
    page.click("text=Why? Read it once more")
    page.wait_for_selector(".sentence")
    page.click("text=Parse, names found")
    assert "VERB" in page.inner_text(".parse")
    walk.picture("explain")


def test_text_of_ones_own(walk: Walk) -> None:
    page = walk.to("/try")
    page.fill("#text", "Turkey expelled three Greek diplomats on Friday.\nIt rained.")
    page.fill("[name=published]", "2024-03-05")
    page.click("text=Read it")
    page.wait_for_selector(".result")
    assert "2024-03-01" in page.inner_text(".result table >> nth=0")
    assert page.locator(".sentence").count() == 2
    walk.picture("try")


def test_file_of_ones_own(walk: Walk, tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "Iran attacked Israel."}, {"id": "b", "text": ""}]
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    page = walk.to("/try")
    page.set_input_files("[name=file]", file)
    page.click("text=Read it")
    page.wait_for_selector(".result")
    assert "ASSAULT" in page.inner_text(".result")
    assert page.locator(".note").count() == 1


def test_dropped_file(walk: Walk) -> None:
    page = walk.to("/try")
    page.evaluate(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File(["Japan sent food aid to the Philippines."], "a.txt"));
            document.querySelector("form[data-drop]").dispatchEvent(
                new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }"""
    )
    page.wait_for_selector(".result")
    assert "AID" in page.inner_text(".result")


@pytest.mark.parametrize("path", ["/?type=ASSAULT", "/dyads/RUS/UKR", "/changes", "/api"])
def test_every_view_is_json_and_csv(walk: Walk, path: str) -> None:
    page = walk.to(path)
    address = walk.address + path + ("&" if "?" in path else "?")
    assert page.request.get(f"{address}as=json").json()["title"]
    if path != "/api":
        rows = list(csv.DictReader(io.StringIO(page.request.get(f"{address}as=csv").text())))
        assert len(rows) > 3
        links = page.locator(".forms a")
        assert links.count() == 2
        with page.expect_download() as download:
            links.first.click()
        assert download.value.suggested_filename.endswith(".csv")


def test_keyboard_alone(walk: Walk) -> None:
    page = walk.to("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    link = page.locator("[data-facet=type]").first
    address = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    walk.until("location.search.includes('type=')")
    walk.still()
    assert page.evaluate("document.activeElement.dataset.facet") == "type", address


def test_narrow_screen(narrow: Walk) -> None:
    for path in ("/", "/dyads/RUS/UKR", "/changes", "/try", "/api"):
        page = narrow.to(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page = narrow.to("/")
    page.click(".narrow")
    page.locator("[data-facet=type]").first.click()
    narrow.until("location.search.includes('type=')")
    narrow.still()
    narrow.picture("narrow")


def test_dark_page(dark: Walk) -> None:
    page = dark.to("/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in ground[4:-1].split(",")) < 60
    dark.picture("dark")


def test_room_without_script(scriptless: Page) -> None:
    scriptless.goto("/")
    scriptless.locator("[data-facet=type]").first.click()
    assert "type=" in scriptless.url
    scriptless.fill("#q", "Friday")
    scriptless.click(".search button")
    assert "q=Friday" in scriptless.url
    assert "type=" in scriptless.url
    scriptless.click(".entry .said a >> nth=0")
    assert scriptless.locator("mark.trigger").count() >= 1


def test_what_is_not_there_says_what_to_do(walk: Walk) -> None:
    page = walk.to("/events/0000")
    assert "Copy one from a page" in page.inner_text("main")
    page = walk.to("/?q=nowhere-to-be-found")
    assert "No event matches" in page.inner_text("main")
