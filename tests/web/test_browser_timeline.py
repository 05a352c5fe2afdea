"""The timeline in a real browser: bars, ranges, comparisons."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import drag, settled, total

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_bar_narrows_and_a_drag_takes_a_range(wide: Page) -> None:
    drag(wide, 2, 9)
    wide.wait_for_url(re.compile(r"from=\d{4}-\d\d&to=\d{4}-\d\d|to="))
    settled(wide)
    start, end = (wide.locator(f".range input[name={name}]").input_value() for name in ("from", "to"))
    assert start < end
    found = wide.locator("svg.bars a.found").last
    label = found.get_attribute("aria-label") or ""
    found.locator("rect").first.click()
    wide.wait_for_function(f"() => document.querySelector('.range input[name=from]').value !== '{start}'")
    settled(wide)
    assert total(wide) == int(re.search(r": (\d+) of", label)[1])  # type: ignore[index]


def test_a_range_and_a_comparison_from_the_page_of_a_place(wide: Page, site: str) -> None:
    wide.goto(site + "/entity/place:berlin-de")
    drag(wide, 1, 6)
    wide.wait_for_url(re.compile(r"\?entity=place.*from=2022-02&to=2022-07"))
    wide.goto(site + "/entity/place:berlin-de")
    wide.locator(".numbers summary").click()
    wide.locator("input[name=compare]").fill("Paris")
    wide.locator("input[name=compare]").press("Enter")
    wide.wait_for_url(re.compile(r"\?entity=place.*compare=Paris"))


def test_the_timeline_in_stories_by_language_against_another_search(wide: Page) -> None:
    switches = wide.locator(".timeline .switches")
    for label, pattern in (("stories", "unit=stories"), ("by language", "stack=language"), ("share", "bars=share")):
        switches.get_by_text(label, exact=True).click()
        wide.wait_for_url(re.compile(pattern))
        settled(wide)
    assert wide.locator("#timeline-title").inner_text() == "Share of the stories that the archive holds"
    wide.locator(".numbers summary").click()
    wide.locator("input[name=compare]").fill("Berlin")
    wide.locator(".compare button").click()
    wide.wait_for_url(re.compile("compare=Berlin"))
    settled(wide)
    assert "Berlin" in wide.locator(".legend li").last.inner_text()
    wide.locator(".numbers summary").click()
    table = wide.locator(".numbers tbody tr")
    with wide.expect_download() as download:
        wide.get_by_text("Download as CSV").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in table.all()]
    if lines[-1].startswith(","):  # the undated, who have no bar
        assert lines.pop() == ",1,"
    assert len(rows) == len(lines) - 1 > 10
    for row, line in zip(rows, lines[1:], strict=True):
        cells = line.split(",")
        assert row[0] == cells[1]
        assert row[1] == (cells[2] if cells[2] != "0" else "nothing held")
        found, held = int(cells[1]), int(cells[2])
        assert row[2] == (f"{round(100 * found / held, 1):g} %" if held else "")
        assert row[3:] == cells[3:]


def test_bars_are_walked_with_arrows(wide: Page) -> None:
    wide.locator("svg.bars a.bar").first.focus()
    wide.keyboard.press("ArrowRight")
    wide.keyboard.press("ArrowRight")
    third = wide.locator("svg.bars a.bar").nth(2).get_attribute("data-start")
    assert wide.evaluate("document.activeElement.dataset.start") == third
