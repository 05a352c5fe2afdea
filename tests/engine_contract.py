"""What every engine must do, case by case; `tests/indexer/engines` holds them to the slow reference as well."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UsageError
from indexer.engines.base import Batch, Engine, EngineRequest, FacetFilter, Recency, Searcher
from indexer.query.nodes import (
    And,
    Best,
    DayRange,
    Every,
    Facet,
    Filter,
    Fuzzy,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Term,
    TermRange,
    Wildcard,
)
from tests.archives import batch, build, hits, names, opened

JUNE, JULY, AUGUST = (date(2024, month, 24).toordinal() for month in (6, 7, 8))
BODY = "body_en"

ARTICLES = batch(
    {"id": "dam", "title_en": "dam open", BODY: "the new dam hold the river back", "day": JUNE, "minute": 540,
     "category": ["economy", "energy"], "entity": ["lena", "minsk"], "language": ["en"]},
    {"id": "flood", "title_en": "river flood town", BODY: "the river rise and the old dam break", "day": JULY,
     "category": ["disaster"], "entity": ["lena"], "language": ["en"]},
    {"id": "vote", "title_en": "town vote", BODY: "the town vote on a new school", "day": JULY, "minute": 60,
     "category": ["politics"], "entity": ["minsk"], "language": ["en"]},
    {"id": "wahl", "title_de": "wahl am fluss", "body_de": "die stadt wahlt", "day": AUGUST,
     "category": ["politics"], "language": ["de"]},
    {"id": "note", "title_en": "river note", BODY: "", "category": ["economy"], "language": ["en"]},
)  # fmt: skip


@pytest.fixture(scope="module")
def searcher(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    directory = build(engine, tmp_path_factory.mktemp("contract") / "index", ARTICLES)
    with opened(engine, directory) as found:
        yield found


def term(text: str, field: str = BODY, boost: float = 1.0) -> Term:
    return Term(field, text, boost)


MATCHES: list[tuple[Node, str]] = [
    (Every(), "dam flood note vote wahl"),
    (Nothing(), ""),
    (term("dam"), "dam flood"),
    (term("dam", "title_en"), "dam"),
    (term("absent"), ""),
    (term("dam", "body_xx"), ""),
    (term("economy", "category"), ""),
    (And((term("river"), term("dam"), term("old"))), "flood"),
    (And((term("river"), term("absent"))), ""),
    (And(()), "dam flood note vote wahl"),
    (Or((term("school"), term("old"))), "flood vote"),
    (Or(()), ""),
    (Best((term("river", "title_en"), term("river"))), "dam flood note"),
    (Best(()), ""),
    (Not(term("dam")), "note vote wahl"),
    (And((term("the"), Not(term("dam")))), "vote"),
    (Or((term("school"), Not(term("the")))), "note vote wahl"),
    (Not(Not(term("dam"))), "dam flood"),
    (Filter(term("dam")), "dam flood"),
    (Phrase(BODY, ("the", "river")), "dam flood"),
    (Phrase(BODY, ("new", "dam")), "dam"),
    (Phrase(BODY, ("dam", "new")), ""),
    (Phrase(BODY, ("the", "dam")), ""),
    (Phrase(BODY, ("the", "dam"), slop=1), "dam flood"),
    (Phrase(BODY, ("river", "dam"), slop=3), ""),
    (Phrase(BODY, ("river", "dam"), slop=4), "flood"),
    (Phrase(BODY, ("river", "and", "old"), gaps=(2, 2)), "flood"),
    (Phrase(BODY, ("river", "and", "old"), gaps=(2, 1)), ""),
    (Phrase(BODY, ("river", "and", "old"), gaps=(1, 1), slop=1), "flood"),
    (Phrase(BODY, ("the", "the")), ""),
    (Phrase(BODY, ("the", "the"), slop=3), "dam flood"),
    (Phrase(BODY, ("dam",)), "dam flood"),
    (Phrase(BODY, ()), ""),
    (Phrase(BODY, ("dam", "absent")), ""),
    (Near(BODY, ("dam", "new"), 1), "dam"),
    (Near(BODY, ("dam", "river"), 3), "dam"),
    (Near(BODY, ("dam", "river"), 5), "dam flood"),
    (Near(BODY, ("the", "the"), 4), "dam flood"),
    (Near(BODY, ("the", "the"), 2), ""),
    (Near(BODY, ("back", "new", "hold"), 5), "dam"),
    (Near(BODY, ("back", "new", "hold"), 4), ""),
    (Near(BODY, (), 4), ""),
    (Prefix(BODY, "ri"), "dam flood"),
    (Prefix(BODY, "b"), "dam flood"),
    (Prefix(BODY, ""), "dam flood vote"),
    (Prefix(BODY, "zz"), ""),
    (Wildcard(BODY, "?ch*l"), "vote"),
    (Wildcard(BODY, "?hc*"), ""),
    (Wildcard(BODY, "s?h*l"), "vote"),
    (Wildcard(BODY, "*iv*"), "dam flood"),
    (Wildcard(BODY, "*"), "dam flood vote"),
    (Wildcard(BODY, "[rd]am"), ""),
    (Fuzzy(BODY, "damm"), "dam flood"),
    (Fuzzy(BODY, "brake", 2), "flood"),
    (Fuzzy(BODY, "ram", 1, 0), "dam flood"),
    (Fuzzy(BODY, "ram", 1, 1), ""),
    (TermRange(BODY, "old", "on"), "flood vote"),
    (TermRange(BODY, None, "and"), "flood vote"),
    (TermRange(BODY, "vote", None), "vote"),
    (TermRange(BODY, None, None), "dam flood vote"),
    (TermRange(BODY, "z", "a"), ""),
    (Facet("category", "politics"), "vote wahl"),
    (Facet("id", "flood"), "flood"),
    (Facet("category", "nothing"), ""),
    (Facet("colour", "red"), ""),
    (And((Facet("language", "en"), Not(Facet("entity", "minsk")))), "flood note"),
    (DayRange(JULY, JULY), "flood vote"),
    (DayRange(None, JULY), "dam flood vote"),
    (DayRange(JULY, None), "flood vote wahl"),
    (DayRange(None, None), "dam flood note vote wahl"),
    (And((term("the"), DayRange(JUNE, JUNE))), "dam"),
]


@pytest.mark.parametrize(("node", "expected"), MATCHES, ids=[str(node) for node, _ in MATCHES])
def test_a_node_matches(searcher: Searcher, node: Node, expected: str) -> None:
    assert " ".join(sorted(hits(searcher, node))) == expected
    assert searcher.count_of(node) == len(expected.split())


SCORES: list[tuple[Node, Any]] = [
    (term("dam", boost=2.0), lambda s: 2 * s(term("dam"))),
    (And((term("dam"), term("old"))), lambda s: s(term("dam")) + s(term("old"))),
    (Or((term("dam"), term("old"), term("absent"))), lambda s: s(term("dam")) + s(term("old"))),
    (Or((term("dam"), term("dam"))), lambda s: 2 * s(term("dam"))),
    (Best((term("old"), term("dam")), 0.5), lambda s: s(term("old")) + 0.5 * s(term("dam"))),
    (And((term("dam"), Not(term("new")))), lambda s: s(term("dam"))),
    (And((term("dam"), Filter(term("old")))), lambda s: s(term("dam"))),
    (And((term("dam"), Facet("category", "disaster"), DayRange(JULY, None))), lambda s: s(term("dam"))),
    (Phrase(BODY, ("old", "dam"), boost=3.0), lambda s: 3 * (s(term("dam")) + s(term("old")))),
    (Near(BODY, ("the", "the"), 9), lambda s: 2 * s(term("the"))),
    (Prefix(BODY, "d", 0.5), lambda s: 0.5),
    (Wildcard(BODY, "*a*", 2.0), lambda s: 2.0),
    (Fuzzy(BODY, "dan", boost=2.0), lambda s: 2.0),
    (TermRange(BODY, "d", "e"), lambda s: 1.0),
    (Or((term("dam"), Facet("category", "disaster", 2.0))), lambda s: s(term("dam")) + 2.0),
    (Or((Every(), Not(Nothing()), Facet("id", "flood"), DayRange(JULY, JULY))), lambda s: 0.0),
]


@pytest.mark.parametrize(("node", "expected"), SCORES, ids=[str(node) for node, _ in SCORES])
def test_a_node_scores(searcher: Searcher, node: Node, expected: Any) -> None:
    def score(asked: Node) -> float:
        answer = searcher.search(EngineRequest(asked))
        return dict(zip(names(searcher, answer.docs), answer.scores.tolist(), strict=True))["flood"]

    assert score(node) == pytest.approx(expected(score), rel=1e-4, abs=1e-9)


def test_bm25_counts_frequency_length_rarity_and_weight(engine: Engine, tmp_path: Path) -> None:
    made = batch(
        {"id": "twice", BODY: "dam dam x y"},
        {"id": "once", BODY: "dam z x y"},
        {"id": "long", BODY: "dam z x y y y y y y y y y y"},
        {"id": "title", "title_en": "dam z x y", BODY: "x"},
    )
    scoring = {"k1": 1.5, "b": 0.5, "title": 4.0}
    build(engine, tmp_path / "index", made)
    with opened(engine, tmp_path / "index", scoring) as searcher:
        assert hits(searcher, term("dam")) == ["twice", "once", "long"]
        assert hits(searcher, Or((term("dam"), term("dam", "title_en"))))[0] == "title"
        answer = searcher.search(EngineRequest(term("dam")))
    # N = 4, n = 3, average length (4 + 4 + 13 + 1) / 4 = 5.5; idf = ln(1 + 1.5 / 3.5)
    idf = math.log(10 / 7)
    expected = [idf * f * 2.5 / (f + 1.5 * (0.5 + 0.5 * 4 / 5.5)) for f in (2, 1)]
    assert answer.scores.tolist()[:2] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", "wahl vote flood dam note"), ("oldest", "dam flood vote wahl note")],
)
def test_sort_by_day_and_minute_with_undated_last(searcher: Searcher, sort: Any, expected: str) -> None:
    assert hits(searcher, Every(), sort=sort) == expected.split()


def test_recent_takes_from_a_score_what_age_leaves_of_it(searcher: Searcher) -> None:
    half = Recency(day=JULY, half_life=JULY - JUNE, weight=0.5)
    query = Or((term("dam"), term("vote"), Every()))
    plain = searcher.search(EngineRequest(query))
    score = dict(zip(plain.docs.tolist(), plain.scores.tolist(), strict=True))
    answer = searcher.search(EngineRequest(query, sort="recent", recency=half))
    blended = dict(zip(answer.docs.tolist(), answer.scores.tolist(), strict=True))
    assert list(blended.values()) == sorted(blended.values(), reverse=True)
    june, july = (set(searcher_days(searcher, day)) for day in (JUNE, JULY))
    assert all(blended[doc] == pytest.approx(0.75 * score[doc], rel=1e-4) for doc in june)
    assert all(blended[doc] == pytest.approx(score[doc], rel=1e-4) for doc in july)


def searcher_days(searcher: Searcher, day: int) -> list[int]:
    found: list[int] = searcher.search(EngineRequest(from_day=day, to_day=day)).docs.tolist()
    assert found
    return found


def test_days_are_counted_under_filters_and_open(searcher: Searcher) -> None:
    answer = searcher.search(EngineRequest(from_day=JULY, filters={"language": FacetFilter(("en",))}))
    assert (answer.days.days.tolist(), answer.days.counts.tolist(), answer.days.undated) == ([JULY], [2], 0)
    assert (answer.days_open.days.tolist(), answer.days_open.undated) == ([JUNE, JULY], 1)
    none = searcher.search(EngineRequest(dates=False))
    assert (len(none.days.days), none.days.undated, len(none.days_open.days)) == (0, 0, 0)


FACETS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "category", "economy 2, politics 2, disaster 1, energy 1"),
    ({"facets": {"category": 2}}, "category", "economy 2, politics 2"),
    # a facet's own filter does not narrow it, the others' do
    ({"filters": {"category": FacetFilter(("politics",))}}, "category", "economy 2, politics 2, disaster 1, energy 1"),
    ({"filters": {"category": FacetFilter(("politics",))}}, "language", "de 1, en 1"),
    ({"filters": {"category": FacetFilter(exclude=("politics",))}}, "language", "en 3"),
    ({"filters": {"language": FacetFilter(("de",))}}, "category", "politics 1"),
    ({"from_day": JULY, "to_day": JULY}, "entity", "lena 1, minsk 1"),
    ({"query": term("school"), "facet_keep": {"entity": ("lena", "omsk")}}, "entity", "minsk 1, lena 0, omsk 0"),
    ({"facets": {"category": 1}, "facet_keep": {"category": ("energy",)}}, "category", "economy 2, energy 1"),
    ({"facet_match": {"category": ("energy", "politics", "x")}}, "category", "politics 2, energy 1"),
    ({"facets": {"category": 1}, "facet_match": {"category": ("energy", "politics")}}, "category", "politics 2"),
    ({"facets": {"colour": 0}}, "colour", ""),
    ({"query": Nothing()}, "category", ""),
]


@pytest.mark.parametrize(("request_", "facet", "expected"), FACETS)
def test_facets(searcher: Searcher, request_: dict[str, Any], facet: str, expected: str) -> None:
    answer = searcher.search(EngineRequest(**{"facets": {facet: 0}, **request_}))
    assert ", ".join(f"{value} {count}" for value, count in answer.facets[facet]) == expected


@pytest.mark.parametrize("name", ["category", "language", "entity", "id", "unknown"])
def test_different_values_among_the_hits_are_counted(searcher: Searcher, name: str) -> None:
    for chosen in ({}, {"language": FacetFilter(("de",))}, {"category": FacetFilter((), ("politics",))}):
        answer = searcher.search(EngineRequest(filters=chosen, distinct=(name,)))
        # without its own filter a facet counts exactly the hits
        if name not in chosen:
            within = searcher.search(EngineRequest(filters=chosen, facets={name: 0}))
            counts = [count for _, count in within.facets[name]]
            assert answer.distinct == {name: (sum(counts), len(counts))}
        elif chosen[name].include:
            assert answer.distinct == {name: (answer.total, 1)}


def test_a_click_on_a_count_gives_that_many_hits(searcher: Searcher) -> None:
    for chosen in ({}, {"category": FacetFilter(("economy", "politics"), ("energy",))}):
        answer = searcher.search(EngineRequest(filters=chosen, facets={"language": 0, "entity": 0}))
        for facet, values in answer.facets.items():
            for value, count in values:
                clicked = {**chosen, facet: FacetFilter((value,))}
                assert searcher.search(EngineRequest(filters=clicked)).total == count


def test_a_cursor_walks_over_all_hits(searcher: Searcher) -> None:
    for sort in ("relevance", "newest", "oldest", "recent"):
        walked, cursor = [], None
        while True:
            answer = searcher.search(EngineRequest(sort=sort, limit=2, after=cursor))
            walked += answer.docs.tolist()
            cursor = answer.cursor
            if cursor is None:
                break
        assert len(walked) == len(set(walked)) == 5
    assert searcher.search(EngineRequest(limit=0)).cursor is None
    assert searcher.search(EngineRequest(limit=0)).total == 5


@pytest.mark.parametrize("cursor", ["", "x", "e30=", "WzFd", "ё", "\ud800", "bnVsbA=="])
def test_what_is_no_cursor_is_refused(searcher: Searcher, cursor: str) -> None:
    with pytest.raises(UsageError):
        searcher.search(EngineRequest(after=cursor))


def test_a_cursor_of_another_order_is_refused(searcher: Searcher) -> None:
    cursor = searcher.search(EngineRequest(sort="newest", limit=1)).cursor
    with pytest.raises(UsageError):
        searcher.search(EngineRequest(sort="relevance", after=cursor))


def test_vocabulary(searcher: Searcher) -> None:
    assert searcher.fields == {"title_en", BODY, "title_de", "body_de"}
    assert searcher.terms(BODY, "r") == [("rise", 1), ("river", 2)]
    assert searcher.terms(BODY, limit=2) == [("a", 1), ("and", 1)]
    assert searcher.terms("body_xx") == []
    assert [searcher.frequency(BODY, text) for text in ("dam", "absent")] == [2, 0]
    assert searcher.frequency("body_xx", "dam") == 0
    assert (searcher.doc("absent"), sorted(searcher.ids())) == (None, sorted(ARTICLES.ids))


def test_threads_share_a_searcher(searcher: Searcher) -> None:
    expected = [searcher.search(EngineRequest(node)).total for node, _ in MATCHES]
    wrong: list[object] = []

    def run() -> None:
        for (node, _), total in zip(MATCHES, expected, strict=True):
            try:
                if searcher.search(EngineRequest(node, facets={"category": 0})).total != total:
                    wrong.append(node)
            except Exception as error:
                wrong.append((node, error))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_batches_make_no_difference(engine: Engine, tmp_path: Path, searcher: Searcher) -> None:
    singles: list[Batch] = [batch({"id": f"n{i}", BODY: f"dam w{i % 3}", "day": JUNE + i % 2}) for i in range(6)]
    joined = batch(*({"id": f"n{i}", BODY: f"dam w{i % 3}", "day": JUNE + i % 2} for i in range(6)))
    build(engine, tmp_path / "singles", *singles)
    build(engine, tmp_path / "joined", joined)
    with opened(engine, tmp_path / "singles") as one, opened(engine, tmp_path / "joined") as other:
        for node in (term("dam"), Or((term("w1"), term("dam"))), Phrase(BODY, ("dam", "w2"))):
            assert sorted(hits(one, node)) == sorted(hits(other, node))
            assert one.search(EngineRequest(node)).scores == pytest.approx(other.search(EngineRequest(node)).scores)
