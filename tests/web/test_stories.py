"""Versions of a story on the page: where they are offered, and what the page of two of them shows."""

from __future__ import annotations

import re

import lxml.html
import pytest
from flask.testing import FlaskClient

from indexer.results import Hit
from tests.web.fake import FakeSearch
from tests.web.test_results import page

OLD = "The ferry sails at 10 <b>today</b>.\n\nTwo crews & a pilot work on board.\n\nThe harbour closes at dusk."
NEW = "The ferry sails at 11 <b>today</b>.\n\nThree crews & a pilot work on board.\n\nFog is forecast."


@pytest.fixture
def pair(search: FakeSearch) -> tuple[str, str]:
    """Two versions in English."""
    base = {"source": "Wire", "language": "en", "section": None, "entities": [], "category": None}
    search.articles += [
        {"id": "v/1", "title": "Ferry <sails>", "body": OLD, "published": "2024-06-03", "day": "2024-06-03", **base},
        {"id": "v2", "title": "Ferry sails late", "body": NEW, "published": "2024-06-04", "day": "2024-06-04", **base},
    ]
    return "v/1", "v2"


def without_words(element: lxml.html.HtmlElement, gone: str) -> str:
    """The text of a page without what one mark holds and without what only listeners get."""
    for mark in element.cssselect(f"{gone}, .visually-hidden"):
        mark.drop_tree()
    return " ".join(element.text_content().split())


def test_a_comparison_holds_both_texts(client: FlaskClient, pair: tuple[str, str]) -> None:
    address = f"/article/{pair[0]}/diff/{pair[1]}"
    for gone, text in (("del", NEW), ("ins", OLD)):
        body = page(client, address).cssselect(".changes .body")[0]
        assert without_words(body, gone).replace(" .", ".") == " ".join(text.split())
    tree = page(client, address)
    assert [mark.text_content() for mark in tree.cssselect(".changes .body del:not(.break)")][:2] == [
        "taken out: 10", "taken out: Two",
    ]  # fmt: skip
    assert tree.cssselect(".key")[0].text_content().strip() == "7 words taken out 6 words put in"
    assert not tree.cssselect(".changes b, sails")


def test_the_other_way_round_swaps_what_went_and_came(client: FlaskClient, pair: tuple[str, str]) -> None:
    tree = page(client, f"/article/{pair[0]}/diff/{pair[1]}")
    back = page(client, tree.cssselect(".links a")[0].get("href"))
    assert tree.cssselect(".changes .body del")[0].text_content() == "taken out: 10"
    assert back.cssselect(".changes .body ins")[0].text_content() == "put in: 10"


def test_an_article_and_itself_have_the_same_words(client: FlaskClient, pair: tuple[str, str]) -> None:
    tree = page(client, f"/article/{pair[1]}/diff/{pair[1]}")
    assert not tree.cssselect("del, ins")
    assert "same words" in tree.cssselect(".key")[0].text_content()


def test_texts_of_two_languages_stand_side_by_side(client: FlaskClient, pair: tuple[str, str]) -> None:
    tree = page(client, f"/article/{pair[1]}/diff/ar-1")
    assert not tree.cssselect("del, ins")
    texts = tree.cssselect(".side-by-side article .body")
    assert [(text.get("lang"), text.get("dir")) for text in texts] == [("en", "ltr"), ("ar", "rtl")]
    assert len(texts[0].cssselect(".body p")) == 3


@pytest.mark.parametrize("address", ["/article/v2/diff/nowhere", "/article/nowhere/diff/v2"])
def test_what_is_not_held_cannot_be_compared(client: FlaskClient, pair: tuple[str, str], address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_comparison_is_kept_from_robots_and_by_its_tag(client: FlaskClient, pair: tuple[str, str]) -> None:
    answer = client.get(f"/article/{pair[0]}/diff/{pair[1]}")
    assert 'name="robots" content="noindex' in answer.get_data(as_text=True)
    again = client.get(f"/article/{pair[0]}/diff/{pair[1]}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_words_for_listeners_are_in_the_language_of_the_page(client: FlaskClient, pair: tuple[str, str]) -> None:
    tree = page(client, f"/article/{pair[0]}/diff/{pair[1]}?ui=de")
    hidden = tree.cssselect(".changes ins .visually-hidden")[0]
    assert (hidden.text_content(), hidden.get("lang")) == ("eingefügt: ", "de")


# The demo archive


def versions_of(tree: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    links = tree.cssselect(".related a[href*='/diff/']")
    return [(link.text_content().partition(":")[0], link.get("href")) for link in links]


def test_an_article_offers_its_versions_and_what_changed(real_client: FlaskClient) -> None:
    search = real_client.application.extensions["newsdex"]
    hits: tuple[Hit, ...] = search.versions("vv-2024-150")
    assert len(hits) > 2
    offered = versions_of(page(real_client, "/article/vv-2024-150"))
    assert len(offered) == len(hits)
    languages = [hit.language for hit in hits]
    assert [text == "What changed" for text, _ in offered] == [language == "ru" for language in languages]
    assert [hit.published for hit in hits] == sorted(hit.published or "" for hit in hits)
    for text, href in offered:
        compared = page(real_client, href)
        assert bool(compared.cssselect("del, ins")) == (text == "What changed")


def test_the_sentence_counts_articles_and_stories(real_client: FlaskClient) -> None:
    given = real_client.get("/api/v1/search?q=&limit=500").get_json()
    kept = {hit["story"]["id"] if hit["story"] else hit["id"] for hit in given["hits"]}
    assert given["stories"] == len(kept) < given["total"] == len(given["hits"])
    said = page(real_client, "/").cssselect(".sentence")[0].text_content()
    assert [int(n) for n in re.findall(r"\d+", said)][:2] == [given["total"], given["stories"]]
