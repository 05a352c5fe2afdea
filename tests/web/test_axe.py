"""WCAG 2.2 AA on every page, by axe-core in a real browser: light, dark, forced colours; narrow, at 200 %, wide."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PAGES = (
    "/", "/?q=minister&language=de&-source=MERA&stack=language&compare=Berlin", "/?q=minister&view=kwic&lines=after",
    "/?q=minister&unit=stories&view=kwic", "/?q=minister&view=compact&bars=share&from=2023&to=2023",
    "/?q=Xyzzy+minister&language=de", "/?language=ar", "/facet/entity?order=label&-entity=place:berlin-de",
    "/entity/place:berlin-de", "/help", "/nowhere", "/embed?q=minister", "article",
    "/article/vv-2022-101/diff/vv-2024-150", "/article/ce-101/diff/vv-2024-150",
)  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core, which is no part of the project: `npm install axe-core` beside it."""
    places = [Path(os.environ["AXE"])] if "AXE" in os.environ else []
    for path in (*places, ROOT / "node_modules" / "axe-core" / "axe.min.js"):
        if path.is_file():
            return path.read_text("utf-8")
    pytest.skip("no axe-core here: npm install --no-save axe-core")


def faults_of(page: Page, axe: str, *rules: str) -> list[str]:
    """One line for each violation of these rules, or of all of the level."""
    page.evaluate(axe)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    result = page.evaluate("only => axe.run(document, {runOnly: only})", only)
    return [
        f"{fault['id']}: {fault['help']}: {[node['html'][:160] for node in fault['nodes'][:4]]}"
        for fault in result["violations"]
    ]


@pytest.mark.parametrize(
    ("width", "scheme", "forced", "rules"),
    # order, names and roles are the same in the dark and in wide windows; colours and sizes are not
    [
        (320, "light", "none", ()),
        (320, "dark", "none", ("color-contrast",)),
        (1280, "light", "none", ("color-contrast", "target-size")),
        (640, "dark", "active", ("color-contrast", "target-size", "link-in-text-block")),  # 200 % in a wide window
    ],
)
def test_every_page(
    chromium: Browser,
    site: str,
    axe: str,
    an_article: str,
    width: int,
    scheme: str,
    forced: str,
    rules: tuple[str, ...],
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale="en-GB", reduced_motion="reduce",
        forced_colors=forced,
    )  # type: ignore[arg-type]
    page = context.new_page()
    faults = {}
    for path in PAGES:
        page.goto(site + (an_article if path == "article" else path))
        for panel in page.locator("details").all():
            panel.evaluate("e => { e.open = !e.classList.contains('menu') }")  # an open menu lies over the page
        if found := faults_of(page, axe, *rules):
            faults[path] = found
        if width == 320 and page.locator("[data-open]").count():
            page.locator("[data-open]").click()
            if found := faults_of(page, axe, *rules):
                faults[path + " drawer"] = found
    context.close()
    assert not faults, "\n".join(f"{path}\n    " + "\n    ".join(found) for path, found in faults.items())


def test_the_helpers_of_the_script(chromium: Browser, site: str, axe: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + "/?q=minister")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_selector(".preview-pane .body")
    assert faults_of(page, axe) == []
    page.keyboard.press("x")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    assert faults_of(page, axe) == []
    page.keyboard.press("Escape")
    page.locator(".menu summary").click()
    assert faults_of(page, axe, "color-contrast", "aria-hidden-focus", "link-name") == []
    context.close()
