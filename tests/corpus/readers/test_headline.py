"""Which wording of a page's title is taken, by what the page itself gives."""

from __future__ import annotations

import pytest

from corpus.readers.headline import headline, without_site
from corpus.readers.htmlmeta import PageFacts

SOCIAL = "Why the old harbour crane will not move after all"
PRINTED = "Harbour crane stays where it is, council decides"
CHINESE = "港口起重机留在原地 市议会作出决定"
SEARCH = "Karlskrona harbour crane: council votes to keep it"


def facts(*, og: str = "", ld: str = "", h1: str | tuple[str, ...] = (), tab: str = "", house: str = "") -> PageFacts:
    found = PageFacts()
    found.add("title", ld, "json-ld", "NewsArticle.headline")
    found.add("title", og, "open-graph", "og:title")
    found.add("source", house, "open-graph", "og:site_name")
    found.add("page_title", tab, "element", "title")
    for text in (h1,) if isinstance(h1, str) else h1:
        found.add("h1", text, "element", "h1")
    return found


@pytest.mark.parametrize(
    ("given", "wanted", "path"),
    [
        (facts(og=SOCIAL, ld=PRINTED, h1=PRINTED, tab=PRINTED), SOCIAL, "og:title"),
        (facts(og=PRINTED, ld=SEARCH, h1=PRINTED, tab=SEARCH), PRINTED, "og:title"),
        # alone against headline and title element, and the h1 is a third wording
        (facts(og=SOCIAL, ld=SEARCH, h1=PRINTED, tab=f"{SEARCH} | Kranbladet"), SEARCH, "NewsArticle.headline"),
        # the page prints the headline; what Open Graph says is the tab's
        (facts(og=SEARCH, ld=PRINTED, h1=PRINTED, tab=SEARCH), PRINTED, "NewsArticle.headline"),
        (facts(og=f"{PRINTED} | Kranbladet | by Eva Lind", h1=PRINTED), PRINTED, "h1"),
        (facts(og=f"{PRINTED} - Kranbladet", h1=SOCIAL, house="Kranbladet"), PRINTED, "og:title"),
        (facts(og=f"{PRINTED} – and what it costs", h1=PRINTED), f"{PRINTED} – and what it costs", "og:title"),
        (facts(og=f"Cranes: {PRINTED}", h1=f"Harbour – {PRINTED}"), PRINTED, "og:title"),
        (facts(og=f"“Never” – {PRINTED}", h1=f"Crane: {PRINTED}"), f"“Never” – {PRINTED}", "og:title"),
        (facts(h1=PRINTED, tab=f"{PRINTED} | Kranbladet"), PRINTED, "h1"),
        (facts(h1=(SOCIAL, PRINTED), tab=PRINTED), PRINTED, "title"),
        (facts(og=f"{PRINTED} -- kranbladet.example", h1=PRINTED), PRINTED, "h1"),
        (facts(tab=f"{CHINESE}-渔港新闻网", h1=CHINESE), CHINESE, "h1"),
        # an attribute that ends at a quotation mark
        (facts(og="Council: ", h1='Council: "The crane stays"'), 'Council: "The crane stays"', "h1"),
        (facts(), "Heading of the body", "head"),
    ],
)
def test_headline(given: PageFacts, wanted: str, path: str) -> None:
    assert headline(given, "Heading of the body")[::2] == (wanted, path)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        (f"{CHINESE}_国内_渔港新闻网", CHINESE),
        (f"{CHINESE}-渔港新闻网", CHINESE),
        (f"{PRINTED} – Harbour – Kranbladet", PRINTED),
        (f"{PRINTED} – and it costs more", f"{PRINTED} – and it costs more"),
        (f"Kranbladet: {PRINTED}", f"Kranbladet: {PRINTED}"),
    ],
)
def test_names_behind_a_title_that_the_page_shows_without_them(title: str, wanted: str) -> None:
    lines = ("Kranbladet", CHINESE, PRINTED.upper(), "Harbour")
    assert headline(facts(tab=title), "", lines)[0] == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        (f"{PRINTED} | Kranbladet", PRINTED),
        (f"{PRINTED} - then it rained - Kranbladet", f"{PRINTED} - then it rained"),
        (f"{PRINTED} - then it rained", f"{PRINTED} - then it rained"),
        ("Kranbladet", "Kranbladet"),
    ],
)
def test_only_the_house_is_cut(title: str, wanted: str) -> None:
    assert without_site(title, "kranbladet") == wanted
