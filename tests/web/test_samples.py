"""The page over the demo archive: real articles in many languages, and counts that hold."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.archive import Archive
from indexer.request import SearchRequest
from indexer.search import ArchiveSearch
from tests.web.test_results import counted_links, found, number, page, row_of

SEARCHES = ["/", "/?q=minister", "/?q=Berlin&language=de", "/?entity=place:berlin-de", "/?from=2024-03&to=2024-03"]


@pytest.mark.parametrize("address", SEARCHES)
def test_every_count_equals_the_hits_after_the_click(real_client: FlaskClient, address: str) -> None:
    tree = page(real_client, address)
    links = list(counted_links(tree))
    for href, count in links[:: 1 if len(links) < 60 else 3]:
        assert found(page(real_client, href)) == count, href


def test_every_tick_finds_what_its_count_says(real_client: FlaskClient) -> None:
    tree = page(real_client, "/?q=minister")
    boxes = tree.cssselect("input[type=checkbox][form=search]")
    assert len(boxes) > 20
    for box in boxes[::2]:
        answer = page(real_client, "/", query_string={"q": "minister", box.get("name"): box.get("value")})
        assert found(answer) == number(row_of(box).cssselect(".count")[0]), box.get("value")


def test_chips_say_what_removing_them_brings(real_client: FlaskClient) -> None:
    tree = page(real_client, "/?q=minister&language=de&-source=MERA&from=2022&to=2023")
    here = found(tree)
    for chip in tree.cssselect("a.chip"):
        assert found(page(real_client, chip.get("href"))) == here + number(chip.cssselect(".gain")[0])


def test_the_api_is_the_searchs_own_answer(real_client: FlaskClient, archive: Archive) -> None:
    given = real_client.get("/api/v1/search?q=Berlin&facet_limit=3&interval=year").get_json()
    expected = ArchiveSearch(archive).search(SearchRequest(q="Berlin", facet_limit=3, interval="year")).as_json()
    expected = json.loads(json.dumps(expected))
    for answer in (given, expected):
        answer.pop("took_ms")
    assert given == expected


def test_every_article_has_its_page(real_client: FlaskClient) -> None:
    lines = real_client.get("/export/results.jsonl").get_data(as_text=True).splitlines()
    assert len(lines) == found(page(real_client, "/"))
    for line in lines:
        hit = json.loads(line)
        tree = page(real_client, f"/article/{hit['id']}?q=minister&ui=de")
        title = tree.cssselect("h1.title")[0]
        assert title.get("lang") == hit["language"]
        assert title.text_content() == (hit["title"] or "Ohne Titel")
        given = real_client.get(f"/api/v1/articles/{hit['id']}").get_json()
        shown = " ".join(paragraph.text_content() for paragraph in tree.cssselect(".text .body p"))
        if given["body"]:
            assert "".join(shown.split()) == "".join(given["body"].split())


def test_the_next_article_is_the_next_hit(real_client: FlaskClient) -> None:
    tree = page(real_client, "/?q=minister&sort=newest")
    hits = [hit.get("data-id") for hit in tree.cssselect(".hit")]
    address = tree.cssselect(".headline a")[0].get("href")
    walked = []
    for _ in hits:
        tree = page(real_client, address)
        walked.append(tree.cssselect(".generation code")[0].text_content())
        address = tree.cssselect(".place a[rel=next]")[0].get("href")
    assert walked == hits
    back = tree.cssselect(".place .back")[0].get("href")
    assert [hit.get("data-id") for hit in page(real_client, back).cssselect(".hit")] == hits


def test_an_entity_has_its_page(real_client: FlaskClient) -> None:
    values = real_client.get("/api/v1/search?limit=0&facet_limit=12").get_json()["facets"]["entity"]
    for value in values:
        tree = page(real_client, f"/entity/{value['value']}")
        assert number(tree.cssselect(".lead a")[0]) == value["count"]
        names = [name.text_content() for name in tree.cssselect(".other-names bdi")]
        assert len(names) == len(set(names)) > 0
        for link in tree.cssselect(".mentions a.count")[:3]:
            assert found(page(real_client, link.get("href"))) == number(link)
    assert real_client.get("/entity/nobody").status_code == 404


def test_a_story_has_as_many_versions_as_its_badge_says(real_client: FlaskClient) -> None:
    tree = page(real_client, "/?q=minister&limit=20")
    badges = tree.cssselect(".story a")
    assert badges
    for badge in badges:
        versions, languages = (int(n) for n in re.findall(r"\d+", badge.text_content() + " · 1 language")[:2])
        story = page(real_client, badge.get("href"))
        assert found(story) == versions
        assert len({hit.get("lang") for hit in story.cssselect(".hit .headline")}) == languages
        assert len(story.cssselect("a.chip")) == 1
        assert story.cssselect("form#search input[name=story]")


def test_a_form_switched_off_is_not_searched(real_client: FlaskClient) -> None:
    tree = page(real_client, "/?q=minister")
    forms = tree.cssselect(".understood dd a")
    assert forms
    fewer = page(real_client, forms[0].get("href"))
    assert found(fewer) <= found(tree)
    assert fewer.cssselect(".understood dd.off a")
    again = fewer.cssselect(".understood dd.off a")[0].get("href")
    assert found(page(real_client, again)) == found(tree)


def test_nothing_found_offers_ways_that_find_something(real_client: FlaskClient) -> None:
    for address in ("/?q=minister+Xyzzy", "/?q=minster&language=en", "/?q=Berlin&language=de&-language=de"):
        tree = page(real_client, address)
        assert found(tree) == 0
        ways = tree.cssselect(".nothing .ways li")[:-1]
        assert ways, address
        for way in ways:
            assert found(page(real_client, way.cssselect("a")[0].get("href"))) == number(way.cssselect(".count")[0]) > 0


def test_days_outside_the_archive_are_said_to_be(real_client: FlaskClient) -> None:
    tree = page(real_client, "/?from=1990&to=1991")
    assert "The archive holds nothing from these days" in tree.cssselect(".nothing")[0].text_content()


NAMES = "q any from to language -language entity category source sort limit offset cursor interval "
NAMES += "facet_limit facet_words.entity off kwic view bars stack compare ui pos order page part text"
PARAMETERS = st.sampled_from(NAMES.split())
ODD = ["", "1", "-1", "0", "99999999999", "2024", "2024-02-30", "minister", '"', "((", "\x00", "\ud800", "<b>", "%(x)s"]
ODD += ["a" * 5000, "medtop:11000000", "share", "kwic", "language", "zh", "../.."]
ODD += ["谈判", "NOT NOT", "title:", "*", "[a TO z]"]
VALUES = st.sampled_from(ODD) | st.text(max_size=8)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/", "/embed", "/api/v1/search", "/facet/entity", "/timeline.csv", "/feed.atom", "/article/x",
                          "/export/results.csv", "/api/v1/suggest", "/entity/place:berlin-de"]),
    pairs=st.lists(st.tuples(PARAMETERS, VALUES), max_size=5),
)  # fmt: skip
def test_no_request_brings_the_page_down(real_client: FlaskClient, path: str, pairs: list[tuple[str, str]]) -> None:
    query = urlencode(pairs, errors="surrogatepass")
    answer = real_client.get(f"{path}?{query}")
    assert answer.status_code in (200, 400, 404, 414), (path, [(name, value[:40]) for name, value in pairs])
    if answer.status_code == 200 and answer.mimetype == "text/html":
        assert "%(" not in answer.get_data(as_text=True).replace("%(x)s", "")


def test_days_from_which_the_archive_holds_something_are_no_gap(real_client: FlaskClient) -> None:
    def told(address: str) -> str:
        return str(page(real_client, address).cssselect(".nothing")[0].text_content())

    assert "holds nothing from these days" not in told("/?q=Xyzzy&from=2023-04")
    assert "from 2022 to 2024" in told("/?q=Xyzzy&from=2031")
    assert "from 2022 to 2024" in told("/?q=minister&to=1999")


def test_the_interval_of_the_timeline_is_chosen(real_client: FlaskClient) -> None:
    tree = page(real_client, "/?q=minister")
    offered = {link.text_content(): link for link in tree.cssselect(".timeline-foot .switches a")}
    assert list(offered) == ["by year", "by month"]  # by day there would be a thousand
    assert [name for name, link in offered.items() if link.get("aria-current")] == ["by month"]
    years = page(real_client, offered["by year"].get("href"))
    bars = years.cssselect("a.bar.found")
    assert [bar.get("data-start") for bar in years.cssselect("a.bar")] == ["2022", "2023", "2024"]
    assert "interval" not in bars[0].get("href")
    months = page(real_client, bars[0].get("href"))
    assert {len(bar.get("data-start")) for bar in months.cssselect("a.bar")} == {7}
    assert [link.text_content() for link in months.cssselect(".timeline-foot .switches a")] == ["by month", "by day"]
    one = page(real_client, "/?q=minister&from=2024-03-12&to=2024-03-12")
    assert not one.cssselect(".timeline-foot .switches")
