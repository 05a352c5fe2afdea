"""The result page over a small search side: what it shows, and that its numbers and links keep their word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from flask.testing import FlaskClient

from indexer.analysis.folding import fold
from indexer.request import SearchRequest
from indexer.settings import Settings
from tests.web.fake import FakeSearch
from web import create_app


def page(client: FlaskClient, address: str, **more: object) -> lxml.html.HtmlElement:
    answer = client.get(address, **more)
    assert answer.status_code == 200, (address, answer.status_code)
    return lxml.html.document_fromstring(answer.get_data(as_text=True))


def found(tree: lxml.html.HtmlElement) -> int:
    return int(re.sub(r"\D", "", tree.cssselect("#found strong")[0].text_content()))


def number(element: lxml.html.HtmlElement) -> int:
    return int(re.sub(r"\D", "", element.text_content().rpartition(":")[2]))


def row_of(box: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return box.getparent().getparent()


def counted_links(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, int]]:
    """Every link that promises a number of articles: facet counts, dates, bars."""
    for link in tree.cssselect(".facet-row a.count"):
        yield link.get("href"), number(link)
    for link in tree.cssselect(".date-link:not([aria-current])"):
        yield link.get("href"), int(re.sub(r"\D", "", link.cssselect(".count")[0].text_content()))
    for row in tree.cssselect(".numbers tbody tr"):
        yield row.cssselect("a")[0].get("href"), int(re.sub(r"\D", "", row.cssselect("td")[0].text_content()))


SEARCHES = [
    "/", "/?q=Berlin", "/?q=Berlin&language=de", "/?q=Berlin&language=de&language=fr", "/?language=zh&-source=江城日报",
    "/?from=2022&to=2022", "/?q=Berlin&from=2022-11&to=2022-11", "/?category=medtop:04000000", "/?entity=place:berlin",
]  # fmt: skip


@pytest.mark.parametrize("address", SEARCHES)
def test_every_count_equals_the_hits_after_the_click(client: FlaskClient, address: str) -> None:
    tree = page(client, address)
    links = list(counted_links(tree))
    assert links
    for href, count in links:
        assert found(page(client, href)) == count, href


def test_a_tick_and_apply_finds_what_the_count_says(client: FlaskClient) -> None:
    tree = page(client, "/?q=Berlin")
    boxes = tree.cssselect("input[type=checkbox][form=search]")
    assert len(boxes) > 5
    for box in boxes:
        count = number(row_of(box).cssselect(".count")[0])
        answer = client.get("/", query_string={"q": "Berlin", "from": "", "to": "", box.get("name"): box.get("value")})
        assert found(lxml.html.document_fromstring(answer.get_data(as_text=True))) == count


def test_chips_say_what_removing_them_brings(client: FlaskClient) -> None:
    tree = page(client, "/?q=Berlin&language=zh&language=de&-source=江城日报&from=2022")
    here = found(tree)
    chips = tree.cssselect("a.chip")
    assert len(chips) == 4
    for chip in chips:
        gain = chip.cssselect(".gain")[0].text_content()
        assert found(page(client, chip.get("href"))) == here + int(re.sub(r"\D", "", gain))


def test_a_chosen_value_stays_at_zero_and_its_siblings_with_their_counts(client: FlaskClient) -> None:
    tree = page(client, "/?q=Nebel&language=zh")
    assert found(tree) == 0
    rows = {box.get("value"): box for box in tree.cssselect("input[name=language]")}
    assert rows["zh"].get("checked") is not None
    assert "de" in rows
    ways = tree.cssselect(".nothing .ways a")
    assert any(found(page(client, way.get("href"))) == 1 for way in ways[:1])


def test_excluded_values_are_sent_again_by_the_form(client: FlaskClient) -> None:
    tree = page(client, "/?-language=de")
    box = tree.cssselect('input[name="-language"]')[0]
    assert (box.get("value"), box.get("form")) == ("de", "search")
    assert box.get("checked") is not None


def test_excluding_takes_away_what_the_facet_counts(client: FlaskClient) -> None:
    tree = page(client, "/")
    total = found(tree)
    row = next(row_of(box) for box in tree.cssselect("input[name=language]") if box.get("value") == "zh")
    count = number(row.cssselect(".count")[0])
    assert found(page(client, row.cssselect("a.minus")[0].get("href"))) == total - count


def test_search_inside_a_facet_and_the_page_with_all_values(client: FlaskClient) -> None:
    tree = page(client, "/?facet_words.language=z")
    assert [box.get("value") for box in tree.cssselect("input[name=language]")] == ["zh"]
    listing = page(client, "/facet/source?order=label")
    names = [label.text_content() for label in listing.cssselect(".everything .facet-label > bdi")]
    assert names[-1] == "<i>Wire</i>"  # what begins with a sign stands last
    assert len(names) > 3
    assert names[:-1] == sorted(names[:-1], key=fold)
    assert client.get("/facet/colour").status_code == 404
    first = listing.cssselect(".everything li")[0]
    assert found(page(client, first.cssselect("a")[0].get("href"))) == number(first.cssselect(".count")[0])


def test_paging_walks_over_every_hit_once(client: FlaskClient) -> None:
    seen: list[str] = []
    address = "/?limit=10"
    total = found(page(client, address))
    while address:
        tree = page(client, address)
        seen += [hit.get("data-id") for hit in tree.cssselect(".hit")]
        following = tree.cssselect(".pager a[rel~=next]")
        address = following[0].get("href") if following else ""
    assert len(seen) == len(set(seen)) == total


def test_nothing_from_an_article_becomes_markup(client: FlaskClient) -> None:
    article = "/article/a/b%20c%3Fd%3D%C3%BC%231?q=bold"
    for address in ("/", "/?q=bold&view=kwic", article, "/embed", "/entity/place:berlin"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.get_data(as_text=True)
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "onerror" not in text or "&lt;img" in text
        assert "javascript:" not in text


def test_what_matched_is_marked(client: FlaskClient) -> None:
    tree = page(client, "/?q=Berlin")
    marks = [mark.text_content() for mark in tree.cssselect(".hit mark")]
    assert marks
    assert {mark.casefold() for mark in marks} == {"berlin"}


def test_each_hit_says_its_language_and_direction(client: FlaskClient) -> None:
    hit = next(h for h in page(client, "/?limit=100").cssselect(".hit") if h.get("data-id") == "ar-1")
    headline = hit.cssselect(".headline")[0]
    assert (headline.get("lang"), headline.get("dir")) == ("ar", "rtl")


def test_kwic_shows_every_place(client: FlaskClient) -> None:
    tree = page(client, "/?q=Berlin&view=kwic")
    first = next(h for h in tree.cssselect(".hit") if h.get("data-id").startswith("a/b"))
    assert len(first.cssselect(".lines tr")) == 2


def test_the_same_numbers_in_drawing_table_and_file(client: FlaskClient) -> None:
    tree = page(client, "/?q=Berlin")
    bars = tree.cssselect("svg.bars a.bar")
    rows = tree.cssselect(".numbers tbody tr")
    lines = client.get("/timeline.csv?q=Berlin").get_data(as_text=True).splitlines()[1:]
    assert len(bars) == len(rows) == len(lines) - 1  # the last line is the undated
    for bar, row, line in zip(bars, rows, lines, strict=False):
        start, count, held = line.split(",")[:3]
        assert bar.get("data-start") == start
        assert row.cssselect("td")[0].text_content() == count
        kind = "gap" if held == "0" else "found" if count != "0" else "empty"
        assert kind in bar.get("class").split()
    assert {"gap", "found", "empty"} <= {kind for bar in bars for kind in bar.get("class").split()}
    assert "undated" in tree.cssselect(".timeline-notes")[0].text_content()


def test_timeline_stacks_and_compares(client: FlaskClient) -> None:
    tree = page(client, "/?stack=language&compare=Paris&bars=share")
    assert len(tree.cssselect(".legend li")) >= 4
    assert tree.cssselect("polyline.l1")
    address = "?stack=language&compare=Paris&compare==x"
    lines = client.get("/timeline.csv" + address).get_data(as_text=True).splitlines()
    assert lines[0].startswith("start,found,held,")
    assert lines[0].endswith(",Paris,'=x")
    alone = client.get("/timeline.csv?q=Paris").get_data(as_text=True).splitlines()
    assert {line.split(",")[0]: line.split(",")[-2] for line in lines[1:-1] if line.split(",")[-2] != "0"} == {
        line.split(",")[0]: line.split(",")[1] for line in alone[1:-1] if line.split(",")[1] != "0"
    }
    table = page(client, "/" + address + "&bars=share").cssselect(".numbers table")[0]
    heads = [cell.text_content() for cell in table.cssselect("thead th")]
    assert heads[:4] == ["When", "Found", "Held", "Share"]
    assert heads[-2:] == ["Paris", "=x"]
    for row in table.cssselect("tbody tr"):
        cells = [cell.text_content().strip() for cell in row.cssselect("td")]
        assert len(cells) == len(heads) - 1
        share = "" if cells[1] == "nothing held" else f"{round(100 * int(cells[0]) / int(cells[1]), 1):g} %"
        assert cells[2] == share


def test_many_years_do_not_hide_what_stands_below_them() -> None:
    made = [
        {"id": str(year), "title": "T", "body": "b", "language": "de", "published": str(year), "entities": ()}
        for year in range(2000, 2013)
    ]
    client = create_app(FakeSearch(made, {}), Settings()).test_client()
    for address, is_open in (("/", False), ("/?from=2001&to=2001", True)):
        tree = page(client, address)
        (earlier,) = tree.cssselect("details.earlier")
        assert (earlier.get("open") is not None) is is_open
        labels = [label.text_content() for label in tree.cssselect(".date-link .facet-label")]
        assert [label for label in labels if label.isdecimal()] == [str(year) for year in range(2012, 1999, -1)]
        assert "(2000–2004)" in earlier.cssselect("summary")[0].text_content()


def test_matches_are_switched_where_there_are_any(client: FlaskClient) -> None:
    assert page(client, "/article/undated?q=Berlin").cssselect("#show-matches")
    assert not page(client, "/article/undated?q=Paris").cssselect("#show-matches")


def test_a_query_is_quoted_once(client: FlaskClient) -> None:
    assert page(client, "/?q=Berlin").cssselect("#found q")
    phrase = page(client, "/?q=%22Berlin%22").cssselect("#found")[0]
    assert not phrase.cssselect("q")
    assert phrase.text_content().endswith('for "Berlin"')


def test_only_words_are_relevant(client: FlaskClient) -> None:
    """Without any, the newest stand first whatever is asked for, and the page says so."""
    for address, offered, current in (
        ("/?q=Berlin", ["by relevance", "by relevance and recency", "newest first", "oldest first"], "by relevance"),
        ("/?language=de&sort=recent", ["newest first", "oldest first"], "newest first"),
        ("/?sort=oldest", ["newest first", "oldest first"], "oldest first"),
    ):
        links = page(client, address).cssselect("#order ul:first-child a")
        assert [link.text_content() for link in links] == offered
        assert [link.text_content() for link in links if link.get("aria-current")] == [current]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("20220101", "2022-01-01"), ("202201", "2022-01"), ("1.1.2022", "2022-01-01"), ("01. 2022", "2022-01"),
     (" 2022-1-1 ", "2022-01-01"), ("2022", "2022")],
)  # fmt: skip
def test_dates_as_people_type_them(client: FlaskClient, typed: str, read: str) -> None:
    tree = page(client, "/", query_string={"from": typed, "to": "2023"})
    box = tree.cssselect("input[name=from]")[0]
    assert box.get("value") == read
    assert re.fullmatch(box.get("pattern"), typed) or typed == " 2022-1-1 "


def test_what_helps_outside_the_filters(client: FlaskClient) -> None:
    tree = page(client, "/?q=Nebel+xyzzy&language=zh")
    assert found(tree) == 0
    ways = [way for way in tree.cssselect(".nothing .ways li") if way.cssselect(".count")]
    assert ways
    for way in ways:
        assert "without any filter" in way.text_content()
        assert found(page(client, way.cssselect("a")[0].get("href"))) == number(way.cssselect(".count")[0])


def test_a_strange_request_is_told_so_and_keeps_the_query(client: FlaskClient) -> None:
    answer = client.get('/?q="open')
    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert "quotation mark" in text
    assert 'value="&#34;open"' in text
    for bad in ("/?sort=best", "/?limit=many", "/?view=cards", "/?stack=author"):
        assert client.get(bad).status_code == 400, bad


def test_links_carry_the_whole_search(client: FlaskClient, search: FakeSearch) -> None:
    tree = page(client, "/?q=Berlin&any=1&language=de&-source=x&from=2022&limit=20&view=compact&ui=de")
    for link in tree.cssselect(".tools a, .chips a.chip, a.minus"):
        given = parse_qs(urlsplit(link.get("href")).query)
        assert given["q"] == ["Berlin"]
        assert given["any"] == ["1"]
        assert given["ui"] == ["de"]
        assert given["limit"] == ["20"]
    assert search.searched[0].include == {"language": ("de",)}
    assert isinstance(search.searched[0], SearchRequest)


def test_links_that_filter_are_not_for_robots(client: FlaskClient) -> None:
    tree = page(client, "/?q=Berlin&language=de")
    for link in tree.cssselect(".filters a[href^='/'], .chips a, .bars a, .switches a"):
        assert "nofollow" in link.get("rel", ""), link.get("href")
    assert tree.cssselect("meta[name=robots]")
    assert tree.cssselect("link[rel=canonical]")[0].get("href") == "http://localhost/?q=Berlin"


def test_no_style_and_no_script_stands_in_the_page(client: FlaskClient) -> None:
    for address in ("/?q=Berlin&stack=language&compare=Paris", "/article/ar-1?q=x", "/embed", "/help", "/nope"):
        tree = lxml.html.document_fromstring(client.get(address).get_data(as_text=True))
        assert not tree.cssselect("[style], style, script:not([src])"), address
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on")], address
