"""Random walks over the demo archive: what a link promises is what the page behind it finds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import lxml.html
import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

STEPS = 7
STARTS = ("/?q=minister", "/?q=Berlin&unit=stories", "/?q=minister+Berlin&any=1", "/?unit=stories&interval=month", "/",
          "/?q=word*&stack=language", "/?from=2022-03-11&to=2024-02-20&unit=stories", "/?q=a&bars=share")  # fmt: skip


def read(client: FlaskClient, address: str) -> HtmlElement:
    return lxml.html.document_fromstring(client.get(address).get_data(as_text=True))


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text.rpartition(":")[2]))


def total(tree: HtmlElement) -> int:
    return number(tree.cssselect("#found strong")[0].text_content())


def told(tree: HtmlElement) -> int:
    """Stories that the page tells of; where it tells none, each article tells its own."""
    stories = tree.cssselect("#found .stories")
    return number(stories[0].text_content()) if stories else total(tree)


def promises(tree: HtmlElement) -> Iterator[tuple[str, str, int, bool]]:
    """(what it is, address, number of hits there, whether they are stories) of each link with a number."""
    here = total(tree)
    for row in tree.cssselect(".panel .facet-row"):
        for link in row.cssselect("a.count"):
            yield "only", link.get("href"), number(link.text_content()), False
        for link in row.cssselect("a.date-link:not([aria-current])"):
            yield "date", link.get("href"), number(link.cssselect(".count")[0].text_content()), False
    for bar in tree.cssselect("svg.bars a.bar"):
        stories = "unit=stories" in bar.get("href")
        label = bar.get("aria-label").rpartition(": ")[2]
        yield "bar", bar.get("href"), int(label.split()[0].replace(",", "")) if " of " in label else 0, stories
    for chip in tree.cssselect("a.chip"):
        gain = chip.cssselect(".gain")
        if gain:
            sign = -1 if "−" in gain[0].text_content() else 1
            yield "chip", chip.get("href"), here + sign * number(gain[0].text_content()), False
    for way in tree.cssselect(".ways li"):
        if way.cssselect(".count"):
            yield "way", way.cssselect("a")[0].get("href"), number(way.cssselect(".count")[0].text_content()), False


def changes(tree: HtmlElement, rng: random.Random) -> str:
    """An address that the form could send: the filters as ticked, one box turned."""
    boxes = tree.cssselect("input[type=checkbox][form=search]")
    turned = rng.choice(boxes) if boxes else None
    ticked = [box for box in boxes if (box.get("checked") is not None) != (box is turned)]
    fields = [(box.get("name"), box.get("value")) for box in ticked]
    hidden = tree.cssselect("#search input:not([type=radio]), .range input, #search input[type=radio][checked]")
    return "/?" + urlencode([(f.get("name"), f.get("value")) for f in hidden if f.get("value")] + fields)


@pytest.mark.parametrize("seed", range(8))
def test_every_number_is_what_lies_behind_it(real_client: FlaskClient, seed: int) -> None:
    rng = random.Random(seed)
    address = STARTS[seed % len(STARTS)]
    kinds = set()
    for _ in range(STEPS):
        tree = read(real_client, address)
        given = list(promises(tree))
        by_kind = {kind: [p for p in given if p[0] == kind] for kind, *_ in given}
        for kind, choices in by_kind.items():
            _, href, promised, stories = rng.choice(choices)
            after = read(real_client, href)
            assert (told(after) if stories else total(after)) == promised, (kind, address, href)
            kinds.add(kind)
        minus = tree.cssselect("a.minus")
        onward = [rng.choice(given)[1] if given else "/", changes(tree, rng)]
        onward += [rng.choice(minus).get("href")] if minus else []
        address = rng.choice(onward) if total(tree) else "/?unit=stories"
    assert {"only", "date", "bar"} <= kinds


def test_bars_of_stories_add_up_where_each_interval_is_one(real_client: FlaskClient) -> None:
    tree = read(real_client, "/?q=minister&from=2024-03&to=2024-03&interval=month&unit=stories")
    (bar,) = tree.cssselect("svg.bars a.bar")
    found, held = (int(part) for part in bar.get("aria-label").rpartition(": ")[2].split(" of "))
    everything = read(real_client, "/?from=2024-03&to=2024-03")
    assert found == told(tree) < total(tree)
    assert held == told(everything) < total(everything)
