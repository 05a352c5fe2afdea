"""Pages in a real browser, for the tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 380, "height": 760}


def opened(chromium: Browser, address: str, size: dict[str, int], **more: object) -> Page:
    """A page whose console must stay silent."""
    context = chromium.new_context(viewport=size, locale="en-GB", **more)  # type: ignore[arg-type]
    context.set_default_timeout(8000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.faults = faults  # type: ignore[attr-defined]
    page.goto(address)
    return page


def total(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("#found strong").inner_text()))


def settled(page: Page) -> None:
    page.wait_for_function("() => !document.documentElement.classList.contains('busy')")


def drag(page: Page, first: int, last: int) -> None:
    """Drag over the timeline from one bar, by its place, to another."""
    bars = page.locator("svg.bars a.bar")
    start, end = (bars.nth(at).locator("rect").first.bounding_box() for at in (first, last))
    assert start
    assert end
    page.mouse.move(start["x"] + 3, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(end["x"] + 3, end["y"] + 40, steps=5)
    page.mouse.up()
