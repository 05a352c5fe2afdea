"""The page in a real browser: with and without JavaScript, wide and narrow, by keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import NARROW, opened, settled, total

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def test_a_tick_acts_at_once_and_back_restores(wide: Page) -> None:
    before = total(wide)
    box = wide.locator("input[name=language][value=de]")
    count = int(wide.locator(".facet-row", has=box).locator(".count").inner_text().rpartition(":")[2])
    box.check()
    wide.wait_for_url(re.compile("language=de"))
    settled(wide)
    assert total(wide) == count < before
    assert wide.evaluate("document.activeElement.name + '=' + document.activeElement.value") == "language=de"
    assert wide.locator("#live").inner_text().startswith(str(count))
    wide.go_back()
    wide.wait_for_function(f"() => parseInt(document.querySelector('#found strong').textContent) === {before}")
    assert not wide.locator("input[name=language][value=de]").is_checked()
    wide.go_forward()
    wide.wait_for_function(f"() => parseInt(document.querySelector('#found strong').textContent) === {count}")
    assert wide.locator("input[name=language][value=de]").is_checked()


def test_back_restores_the_place(wide: Page, site: str) -> None:
    wide.evaluate("scrollTo(0, 700)")
    place = wide.evaluate("scrollY")
    link = wide.locator(".headline a").nth(3)
    link.click()
    wide.wait_for_url(re.compile("/article/"))
    wide.go_back()
    wide.wait_for_selector("#found")
    wide.wait_for_function(f"() => Math.abs(scrollY - {place}) < 60")


def test_keys(wide: Page) -> None:
    wide.keyboard.press("/")
    assert wide.evaluate("document.activeElement.id") == "q"
    wide.keyboard.press("Escape")
    for _ in range(3):
        wide.keyboard.press("j")
    wide.keyboard.press("k")
    assert wide.locator(".hit.current").get_attribute("data-id") == wide.locator(".hit").nth(1).get_attribute("data-id")
    wide.keyboard.press("x")
    wide.wait_for_selector(".preview-pane .body p")
    assert wide.locator(".preview-pane mark").count()
    wide.keyboard.press("Escape")
    assert not wide.locator(".preview-pane").count()
    wide.keyboard.press("?")
    wide.wait_for_selector("dialog[open] kbd")
    wide.keyboard.press("Escape")
    title = wide.locator(".hit.current .headline").inner_text()
    wide.keyboard.press("o")
    wide.wait_for_url(re.compile("/article/"))
    assert wide.locator("h1.title").inner_text() == title


def test_a_preview_by_mouse(wide: Page) -> None:
    hit = wide.locator(".hit").nth(2)
    hit.hover()
    hit.locator(".peek").click()
    wide.wait_for_selector(".preview-pane .title")
    assert wide.locator(".preview-pane .title").inner_text() == hit.locator(".headline").inner_text()
    assert hit.is_visible()
    wide.locator(".preview-pane .shut").click()
    assert not wide.locator(".preview-pane").count()


def test_keys_do_not_disturb_typing(wide: Page) -> None:
    wide.locator("#q").fill("")
    wide.locator("#q").press_sequentially("jox/?")
    assert wide.locator("#q").input_value() == "jox/?"
    assert not wide.locator(".hit.current").count()


def test_keys_can_be_switched_off(wide: Page) -> None:
    """Who speaks to the computer must not set them off (WCAG 2.2, 2.1.4)."""
    wide.keyboard.press("?")
    wide.locator("dialog[open] .use-keys input").uncheck()
    wide.keyboard.press("Escape")
    wide.reload()
    wide.keyboard.press("j")
    wide.keyboard.press("?")
    assert not wide.locator(".hit.current, dialog[open]").count()


def test_the_focus_is_not_lost_with_what_was_clicked(wide: Page) -> None:
    focused = "document.activeElement.id || document.activeElement.textContent.trim()"
    wide.locator(".timeline .switches a", has_text="share").press("Enter")
    wide.wait_for_url(re.compile("bars=share"))
    settled(wide)
    assert wide.evaluate(focused) == "share"
    wide.locator(".facet-row a.count").first.press("Enter")
    wide.wait_for_url(re.compile("category="))
    settled(wide)
    wide.locator("a.chip").press("Enter")
    wide.wait_for_function("() => !document.querySelector('a.chip')")
    settled(wide)
    assert wide.evaluate(focused) == "found"
    assert wide.locator("#live").inner_text() == wide.locator("#found").inner_text().replace("“", "").replace("”", "")


def test_a_new_search_from_an_article(wide: Page, site: str, an_article: str) -> None:
    wide.goto(site + an_article)
    wide.keyboard.press("/")
    assert wide.locator("#q").input_value() == "minister"
    wide.keyboard.type("Berlin")
    wide.keyboard.press("Enter")
    wide.wait_for_url(re.compile(r"/\?q=Berlin$"))


def test_the_preview_on_a_telephone(narrow: Page) -> None:
    hit = narrow.locator(".hit").nth(1)
    hit.locator(".peek").tap()
    narrow.wait_for_selector(".preview-pane .title")
    assert narrow.locator(".preview-pane .title").inner_text() == hit.locator(".headline").inner_text()
    assert narrow.evaluate("document.activeElement.className").startswith("shut")
    assert narrow.evaluate("document.querySelector('main').inert")
    box = narrow.locator(".preview-pane .shut").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    narrow.locator(".preview-pane .shut").tap()
    assert not narrow.evaluate("document.querySelector('main').inert")
    assert narrow.evaluate("document.activeElement.closest('.headline') !== null")


def test_a_second_jump_leads_past_the_filters(wide: Page) -> None:
    for _ in range(2):
        wide.keyboard.press("Tab")
    wide.keyboard.press("Enter")
    assert wide.evaluate("document.activeElement.id") == "found"


def test_a_screen_reader_hears_the_page_in_this_order(wide: Page) -> None:
    heard = wide.locator("body").aria_snapshot()
    parts = (
        'link "Skip to the results"', "banner:", "search:", 'region "Filters"', 'heading "Date"', 'heading "Source"',
        f'heading "{total(wide)} articles', 'list "How the timeline is drawn"', 'list "Order"', 'heading "Results"',
        "article:", 'navigation "Pages"', "contentinfo:",
    )  # fmt: skip
    places = [heard.index(part) for part in parts]
    assert places == sorted(places)


def test_values_are_picked_over_several_pages_of_the_list(chromium: Browser, site: str) -> None:
    for script in (True, False):
        page = opened(chromium, site + "/facet/entity?order=label", NARROW, java_script_enabled=script)
        first = page.locator(".everything li").first
        name = first.locator(".facet-label bdi").inner_text()
        first.locator("input").first.check()
        page.locator(".leaf button").last.click()
        page.wait_for_url(re.compile("page=2"))
        second = page.locator(".everything li").nth(1)
        other = second.locator(".facet-label bdi").inner_text()
        second.locator("input").first.check()
        page.locator(".letters button", has_text=re.compile("^M$")).click()
        page.wait_for_url(re.compile("letter=M"))
        labels = page.locator(".everything .facet-label > bdi").all_inner_texts()
        assert len(labels) > 3
        assert {label[0] for label in labels} == {"M"}
        page.locator(".everything input[name='-entity']").first.check()
        page.locator(".picked .go").click()
        page.wait_for_selector("#found")
        chips = [chip.replace("\n", " ") for chip in page.locator("a.chip bdi").all_inner_texts()]
        assert chips == [name, other, labels[0]]
        assert page.locator("a.chip.out").count() == 1
        page.context.close()


def test_search_inside_a_facet_while_typing(wide: Page) -> None:
    field = wide.locator('input[name="facet_words.entity"]')
    field.press_sequentially("Bel", delay=20)
    wide.wait_for_function("() => document.querySelectorAll('[data-panel=entity] input[type=checkbox]').length < 6")
    labels = wide.locator("[data-panel=entity] .facet-label").all_inner_texts()
    assert "Belarus" in labels
    assert wide.evaluate("document.activeElement.name") == "facet_words.entity"
    field.press_sequentially("x")
    wide.wait_for_selector("[data-panel=entity] .none")


def test_words_are_completed(wide: Page) -> None:
    wide.locator("#q").fill("")
    wide.locator("#q").press_sequentially("berl")
    wide.wait_for_function("() => document.querySelectorAll('#suggestions option').length > 0")
    options = wide.locator("#suggestions option").evaluate_all("all => all.map(o => o.value)")
    assert "Berlin" in options


def test_the_drawer_on_a_telephone(narrow: Page) -> None:
    assert not narrow.locator("#filters").is_visible()
    narrow.locator("[data-open]").click()
    assert narrow.locator("#filters").is_visible()
    assert narrow.evaluate("document.activeElement.hasAttribute('data-close')")
    narrow.locator("input[name=language][value=de]").check()
    narrow.wait_for_url(re.compile("language=de"))
    settled(narrow)
    assert narrow.locator("#filters").is_visible()
    button = narrow.locator(".apply button")
    assert button.inner_text() == f"Show {total(narrow)} results"
    button.click()
    assert not narrow.locator("#filters").is_visible()
    assert narrow.locator("a.chip").count() == 1


def test_a_telephone_shows_hits_first(narrow: Page) -> None:
    box = narrow.locator(".hit .headline").first.bounding_box()
    assert box
    assert box["y"] + box["height"] < NARROW["height"] * 0.6
    assert not narrow.locator("#timeline, #order").first.is_visible()
    fold = narrow.locator(".fold[href='#timeline']")
    assert fold.get_attribute("aria-expanded") == "false"
    assert 'button "Timeline"' in narrow.locator("main").aria_snapshot()
    fold.tap()
    assert fold.get_attribute("aria-expanded") == "true"
    narrow.locator(".timeline-foot .switches a", has_text="by year").tap()
    narrow.wait_for_url(re.compile("interval=year"))
    settled(narrow)
    assert narrow.locator("#timeline svg.bars").is_visible()
    fold.tap()
    assert not narrow.locator("#timeline").is_visible()


PATHS = (
    "/?q=minister&view=kwic&stack=language", "/?q=minister&view=kwic&lines=after&ui=de", "/?ui=ru&q=minister",
    "/facet/entity?ui=de", "/help?ui=pl", "/x?ui=fr",
    "/entity/place:berlin-de", "/embed?q=minister", "/?q=Xyzzy&language=de&ui=be", "/?language=ar",
    "/?language=zh&ui=zh",
)  # fmt: skip


@pytest.mark.parametrize("width", [320, 380, 768, 1280])
def test_no_page_is_wider_than_its_window(chromium: Browser, site: str, width: int) -> None:
    for path in PATHS:
        page = opened(chromium, site + path, {"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.context.close()


def test_all_of_it_without_javascript(chromium: Browser, site: str) -> None:
    page = opened(chromium, site + "/?q=minister", NARROW, java_script_enabled=False)
    page.locator(".open-filters").click()
    box = page.locator("input[name=language][value=de]")
    assert box.is_visible()
    box.check()
    button = page.locator(".apply button")
    assert button.inner_text() == "Apply"
    button.click()
    assert "language=de" in page.url
    assert page.locator("a.chip").count() == 1
    page.locator("a.chip").click()
    assert page.locator("a.chip").count() == 0
    page.locator(".fold[href='#timeline']").click()
    page.locator("svg.bars a.found").first.locator("rect").first.click()
    assert "from=" in page.url
    page.locator(".fold[href='#order']").click()
    page.get_by_text("titles", exact=True).click()
    assert "view=compact" in page.url
    assert not page.locator("#timeline").is_visible()
    page.locator(".headline a").first.click()
    assert page.locator("h1.title").is_visible()
    page.locator("#show-matches").uncheck()
    background = "e => getComputedStyle(e).backgroundColor"
    assert page.locator(".body mark, .title mark").first.evaluate(background) == "rgba(0, 0, 0, 0)"
    page.locator(".back").click()
    assert page.locator("#found").is_visible()
    page.context.close()


def test_on_paper_only_what_was_written_is_left(wide: Page) -> None:
    wide.emulate_media(media="print")
    assert wide.locator(".hit").first.is_visible()
    for gone in (".filters", ".searchbox", ".tools", ".pager", ".pills", ".understood", ".timeline-foot .switches"):
        assert not wide.locator(gone).first.is_visible()
    wide.emulate_media(media="screen")
