"""The parts that pages are made of: marks, links, the timeline's drawing, and the weight of what is sent."""

from __future__ import annotations

import gzip
import html
import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from babel.numbers import format_decimal
from flask import Flask, url_for
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.request import SearchRequest
from indexer.results import Bar, Timeline
from indexer.settings import Settings
from tests.web.fake import FakeSearch
from web import create_app, timeline
from web.i18n import SHIPPED
from web.links import Links, Look, addressed, between, dropped, read_look, read_request, shut_out
from web.marking import Named, annotated, joined, marked, paragraphs
from web.page import number

TEXTS = st.text(alphabet=st.sampled_from("ab<>&\"' \n\u0439\u8c08\U0001f600"), max_size=60)
SPANS = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8)
_TAG = re.compile(r"</?(?:mark|a)\b[^>]*>")


def bare(markup: str) -> str:
    """The text that a browser shows of marked text."""
    return html.unescape(_TAG.sub("", markup))


@settings(max_examples=400, deadline=None)
@given(TEXTS, SPANS)
def test_marks_change_nothing_of_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    shown = str(marked(text, spans))
    assert bare(shown) == text
    assert shown.count("<mark>") == shown.count("</mark>") == len(joined(spans, len(text)))
    inside = "".join(html.unescape(piece) for piece in re.findall(r"<mark>(.*?)</mark>", shown, re.DOTALL))
    wanted = {i for start, end in spans for i in range(max(0, start), min(end, len(text)))}
    assert inside == "".join(text[i] for i in sorted(wanted))


@settings(max_examples=400, deadline=None)
@given(TEXTS, SPANS, SPANS)
def test_names_change_nothing_of_the_text(
    text: str, spans: list[tuple[int, int]], names: list[tuple[int, int]]
) -> None:
    given_names = [Named(start, end, "/x?a&b", "person", '"<N>"') for start, end in names]
    pieces = [annotated(text, spans, given_names, start, end) for start, end in paragraphs(text)]
    for piece, (start, end) in zip(pieces, paragraphs(text), strict=True):
        shown = str(piece)
        assert bare(shown) == text[start:end]
        # tags are nested: a mark never reaches out of a link
        depth: list[str] = []
        for tag in re.findall(r"<(/?)(mark|a)\b", shown):
            if tag[0]:
                assert depth.pop() == tag[1]
            else:
                depth.append(tag[1])
        assert not depth


def test_the_first_of_two_names_that_overlap_is_kept() -> None:
    places = (("/one", 0, 4), ("/two", 2, 8), ("/in", 0, 2))
    names = [Named(start, end, href, "place", href) for href, start, end in places]
    shown = str(annotated("New York City", [(4, 8)], names))
    assert re.findall(r'href="(.*?)"', shown) == ["/one"]
    assert "<mark>York</mark>" in shown


@pytest.mark.parametrize(
    ("text", "parts"),
    [("", []), (" \n ", []), ("a\n\nb", ["a", "b"]), ("a\nb\n \n\nc", ["a\nb", "c"]), ("\n\na", ["a"])],
)
def test_paragraphs(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == parts


SHORT = st.text(min_size=1, max_size=5)
REQUESTS = st.builds(
    SearchRequest,
    q=st.text(max_size=12).map(str.strip),
    any=st.booleans(),
    include=st.dictionaries(
        st.sampled_from(["language", "entity"]), st.lists(SHORT, min_size=1, unique=True).map(tuple)
    ),
    start=st.sampled_from([None, "2024", "2024-06"]),
    sort=st.sampled_from(["relevance", "newest"]),
    limit=st.sampled_from([10, 20, 100]),
    off=st.lists(st.text(min_size=1, max_size=4), max_size=2).map(tuple),
)
LOOKS = st.builds(
    Look,
    view=st.sampled_from(["list", "compact", "kwic"]), bars=st.sampled_from(["count", "share"]),
    stack=st.sampled_from(["", "language"]),
    compare=st.lists(SHORT, max_size=2, unique=True).map(tuple),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(asked=REQUESTS, look=LOOKS, page_size=st.sampled_from([10, 20]))
def test_an_address_is_read_back_as_the_search_it_was_made_of(asked: SearchRequest, look: Look, page_size: int) -> None:
    app = Flask("web")
    app.add_url_rule("/", "search.results")
    with app.test_request_context():
        address = Links(asked, look, page_size).to(asked)
    with app.test_request_context(address) as context:
        args: MultiDict[str, str] = context.request.args
        assert read_request(args, "en", page_size) == asked
        assert read_look(args) == look


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=4))
def test_an_address_made_from_another_is_the_one_that_flask_makes(ids: list[str]) -> None:
    app = create_app(FakeSearch([], {}), Settings())  # type: ignore[arg-type]
    for address in ("/", "/?ui=pl"):
        with app.test_request_context(address):
            app.preprocess_request()
            for one, external in product([*ids, "a/b c?d=ü#1%&;~'\"", "-", "/x/", ".."], (False, True)):
                wanted = url_for("article.show", article_id=one, _external=external)
                assert addressed("article.show", "article_id", one, external=external) == wanted
                assert addressed("entity.show", "entity_id", one) == url_for("entity.show", entity_id=one)


@given(st.integers(-(10**12), 10**12) | st.floats(0, 1e6), st.sampled_from([*SHIPPED, "hi", "de_CH", "bg", "ar"]))
def test_numbers_are_written_as_babel_writes_them(value: float, locale: str) -> None:
    assert number(value, locale) == format_decimal(value, locale=locale)


def test_links_of_a_value_leave_the_rest_alone() -> None:
    asked = SearchRequest(q="x", include={"language": ("de", "ru"), "source": ("a",)}, offset=30)
    assert dropped(asked, "language", "de").include == {"language": ("ru",), "source": ("a",)}
    assert dropped(asked, "source", "a").include == {"language": ("de", "ru")}
    out = shut_out(asked, "language", "de")
    assert (out.include["language"], out.exclude, out.offset) == (("ru",), {"language": ("de",)}, 0)
    assert between(asked, "2024", None).start == "2024"


def drawn(bars: list[Bar], **more: object) -> timeline.Chart:
    app = Flask("web")
    app.add_url_rule("/", "search.results")
    with app.test_request_context():
        chart = timeline.chart(Timeline("month", tuple(bars)), Links(SearchRequest(), Look(), 10), "en", **more)  # type: ignore[arg-type]
    assert chart
    return chart


BARS = [Bar("2024-01", 0, 5), Bar("2024-02", 4, 8), Bar("2024-03", 0, 0), Bar("2024-04", 2, 2), Bar("2024-05", 1, 900)]


def test_bars_are_as_tall_as_what_they_stand_for() -> None:
    chart = drawn(BARS)
    assert [column.kind for column in chart.columns] == ["empty", "found", "gap", "found", "found"]
    heights = [sum(piece.height for piece in column.pieces) for column in chart.columns]
    assert heights[1] == 2 * heights[3] == 4 * heights[4]
    assert heights[0] == heights[2] == 0
    assert chart.gaps == 1
    shares = [sum(piece.height for piece in column.pieces) for column in drawn(BARS, measure="share").columns]
    assert shares[3] == 2 * shares[1] > 0
    assert shares[4] == 2.0, "what is not nothing can be seen"


def test_stacks_fill_the_bar_and_lines_have_a_point_each() -> None:
    parts = [("a", Timeline("month", (Bar("2024-02", 3, 8), Bar("2024-04", 2, 2))))]
    other = [("q", 9, Timeline("month", (Bar("2024-05", 8, 900),)))]
    chart = drawn(BARS, stacks=parts, others=other)
    assert chart.top == 8
    assert [(piece.series, piece.height) for piece in chart.columns[3].pieces] == [(1, 23.5)]
    assert [piece.series for piece in chart.columns[1].pieces] == [1, 0]
    assert chart.rest
    assert len(chart.lines[0].points.split()) == len(BARS)


@given(st.integers(1, 3000), st.integers(0, 400), st.sampled_from(["D", "M", "Y"]), st.integers(0, 300))
@settings(max_examples=40, deadline=None)
def test_no_more_bars_than_can_be_told_apart(number: int, start: int, unit: str, gap: int) -> None:
    dates = [str(np.datetime64("1990-01-01").astype(f"M8[{unit}]") + start + at) for at in range(number)]
    bars = tuple(Bar(date, at % 7, at % 11 if at > gap else 0) for at, date in enumerate(dates))
    whole = Timeline({"D": "day", "M": "month", "Y": "year"}[unit], bars, 5)
    shown = timeline.bounded(whole)
    assert shown.undated == 5
    assert len(shown.bars) <= timeline.MOST_BARS or (shown.interval == "year" and shown.bars[0].held)
    if len(whole.bars) <= timeline.MOST_BARS:
        assert shown == whole
    size = {"day": 10, "month": 7, "year": 4}[shown.interval]
    sums = {date[:size]: [0, 0] for date in dates}
    for bar in whole.bars:
        sums[bar.start[:size]][0] += bar.count
        sums[bar.start[:size]][1] += bar.held
    for bar in shown.bars:
        assert sums.pop(bar.start) == [bar.count, bar.held]
    assert all(held == 0 for _, held in sums.values())
    assert list(shown.bars) == sorted(shown.bars, key=lambda bar: bar.start)


@given(st.integers(1, 400))
@settings(max_examples=60, deadline=None)
def test_bars_stand_side_by_side_whatever_their_number(count: int) -> None:
    chart = drawn([Bar(str(1600 + n), n % 3, 3) for n in range(count)])
    ends = [0.0]
    for column in chart.columns:
        assert column.x >= ends[-1] - 0.002
        ends.append(column.x + column.width)
    assert ends[-1] <= 100.002
    assert 1 <= len(chart.ticks) <= timeline.MOST_TICKS


def test_all_that_is_sent_besides_pages_is_small() -> None:
    static = Path(timeline.__file__).parent / "static"
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in static.iterdir()}
    assert sum(sizes.values()) < 60_000, sizes
    assert sum(sizes.values()) < 25_000, "far below the bound so far: keep it so"
