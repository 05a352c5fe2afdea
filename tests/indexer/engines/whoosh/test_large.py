"""Beyond 65,536 documents, positions and frequencies: the engine against plain numpy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.analysis.terms import TermColumns
from indexer.engines import engine
from indexer.engines.base import Batch, EngineRequest, Recency
from indexer.engines.whoosh import impact
from indexer.query.nodes import And, Best, Every, Not, Or, Phrase, Prefix, Term
from tests.archives import batch, build, hits, opened

BODY = "body_en"
WIDTH = 6
VOCABULARY = [f"{'even' if i % 2 == 0 else 'odd'}{i}" for i in range(400)]
COUNT = 70_000
rng = np.random.default_rng(5)
WORDS = np.minimum(rng.pareto(0.8, (COUNT, WIDTH)) * 3, 399).astype(np.uint32)
DAYS = rng.integers(730_000, 730_400, COUNT).astype(np.int32)


def part(first: int, last: int) -> Batch:
    """Articles of six words each."""
    n = last - first
    terms = TermColumns(
        VOCABULARY,
        WORDS[first:last].reshape(-1),
        np.tile(np.arange(WIDTH, dtype=np.uint32), n),
        np.arange(n + 1, dtype=np.int64) * WIDTH,
    )
    facets = {"category": [["even" if i % 2 == 0 else "odd"] for i in range(first, last)]}
    ids = [str(i) for i in range(first, last)]
    return Batch(ids, {BODY: terms}, DAYS[first:last], np.full(n, -1, np.int16), facets, [b"{}"] * n)


def built_at_once(directory: Path) -> Path:
    return build(engine("whoosh"), directory, *(part(i, i + 10_000) for i in range(0, COUNT, 10_000)))


def built_by_merging(directory: Path) -> Path:
    first = build(engine("whoosh"), directory.with_name("first"), part(0, 35_000))
    return build(engine("whoosh"), directory, part(35_000, COUNT), base=first)


@pytest.fixture(scope="module", params=[built_at_once, built_by_merging])
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with opened(engine("whoosh"), request.param(tmp_path_factory.mktemp("large") / "index")) as found:
        assert len(found.segments) == 1
        yield found


def holding(word: int) -> Any:
    return (word == WORDS).any(axis=1)


def term(word: int) -> Term:
    return Term(BODY, VOCABULARY[word])


def test_terms_of_every_frequency(searcher: Any) -> None:
    for word in (0, 1, 5, 20, 100, 200, 398):
        expected = np.flatnonzero(holding(word))
        answer = searcher.search(EngineRequest(term(word), limit=COUNT, facets={"category": 0}))
        assert answer.total == len(expected) == searcher.frequency(BODY, VOCABULARY[word])
        found = [int(searcher.segments[0].ids.names.text(doc)) for doc in answer.docs.tolist()]
        assert sorted(found) == expected.tolist()
        counts = {"even": int((expected % 2 == 0).sum()), "odd": int((expected % 2 == 1).sum())}
        assert dict(answer.facets["category"]) == {name: n for name, n in counts.items() if n}
        days, numbers = np.unique(DAYS[expected], return_counts=True)
        assert answer.days.days.tolist() == days.tolist()
        assert answer.days.counts.tolist() == numbers.tolist()


def test_the_best_ten_are_those_of_an_exact_ranking(searcher: Any) -> None:
    blend = Best((term(0), Or((term(3), term(20))), term(150)), 0.3)
    for node in (term(0), term(7), Or((term(0), term(3), term(150))), And((term(0), Not(term(2)))), blend):
        for sort in ("relevance", "recent"):
            asked = EngineRequest(node, sort=sort, recency=Recency(730_400, 100, 0.4), dates=False)
            whole = searcher.search(replace(asked, limit=COUNT))
            top = searcher.search(replace(asked, limit=10))
            order = np.lexsort((whole.docs, -whole.scores))
            assert order.tolist() == list(range(whole.total))
            assert top.docs.tolist() == whole.docs[:10].tolist()
            assert top.scores.tolist() == whole.scores[:10].tolist()
            behind = searcher.search(replace(asked, limit=10, after=searcher.search(replace(asked, limit=500)).cursor))
            assert behind.docs.tolist() == whole.docs[500:510].tolist()


@pytest.mark.parametrize(("k1", "b"), [(1.2, 0.75), (1.0, 0.6), (0.3, 1.0)])
def test_other_parameters_than_those_of_the_codes_rank_exactly(tmp_path: Path, k1: float, b: float) -> None:
    sizes = np.minimum(rng.pareto(1.0, 9000) * 4 + 1, 3000).astype(np.int64)
    words = np.minimum(rng.pareto(0.9, int(sizes.sum())) * 2, 399).astype(np.uint32)
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    places = np.arange(words.size) - np.repeat(bounds[:-1], sizes)
    terms = TermColumns(VOCABULARY, words, places.astype(np.uint32), bounds)
    ids, days = [str(i) for i in range(9000)], DAYS[:9000]
    made = Batch(ids, {BODY: terms}, days, np.full(9000, -1, np.int16), {"category": [["c"]] * 9000}, [b"{}"] * 9000)
    directory = build(engine("whoosh"), tmp_path / "index", made)
    with opened(engine("whoosh"), directory, scoring={"k1": k1, "b": b}) as searcher:
        for node in (term(0), term(5), Or(tuple(map(term, (1, 2, 3, 80)))), And((term(1), term(4)))):
            whole = searcher.search(EngineRequest(node, limit=9000, dates=False))
            top = searcher.search(EngineRequest(node, limit=5, dates=False))
            assert (top.docs.tolist(), top.scores.tolist()) == (whole.docs[:5].tolist(), whole.scores[:5].tolist())


def test_phrases_and_prefixes(searcher: Any) -> None:
    for a, b in ((0, 1), (1, 0), (0, 0), (3, 60), (200, 0)):
        expected = ((WORDS[:, :-1] == a) & (WORDS[:, 1:] == b)).any(axis=1)
        asked = Phrase(BODY, (VOCABULARY[a], VOCABULARY[b]))
        assert searcher.count_of(asked) == int(expected.sum())
    wanted = [i for i, word in enumerate(VOCABULARY) if word.startswith("odd1")]
    assert searcher.count_of(Prefix(BODY, "odd1")) == int(np.isin(WORDS, wanted).any(axis=1).sum())


def test_a_range_of_days_is_a_slice(searcher: Any) -> None:
    within = (DAYS >= 730_100) & (DAYS <= 730_120)
    answer = searcher.search(EngineRequest(term(0), from_day=730_100, to_day=730_120, sort="newest", limit=5))
    assert answer.total == int((within & holding(0)).sum())
    assert answer.days_open.counts.sum() == int(holding(0).sum())


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_the_ends_of_time_are_those_of_all_hits_in_order(searcher: Any, sort: Any) -> None:
    for node in (Every(), term(0), term(5), term(300)):
        whole = searcher.search(EngineRequest(node, sort=sort, limit=COUNT, dates=False)).docs.tolist()
        for offset, limit in ((0, 10), (200, 10), (len(whole) - 3, 10)):
            part_ = searcher.search(EngineRequest(node, sort=sort, limit=limit, offset=offset, dates=False))
            assert part_.docs.tolist() == whole[offset : offset + limit]


def test_positions_and_frequencies_beyond_sixteen_bits(tmp_path: Path) -> None:
    long = " ".join(["x"] * 70_000 + ["far", "away"] + ["y"] * 300)
    made = batch({"id": "long", BODY: long}, {"id": "short", BODY: "far x away y"}, {"id": "none", BODY: ""})
    directory = build(engine("whoosh"), tmp_path / "1", made)
    again = build(engine("whoosh"), tmp_path / "2", batch({"id": "new", BODY: "x"}), base=directory)
    merged = build(engine("whoosh"), tmp_path / "3", batch(*({"id": str(i), BODY: "x"} for i in range(5))), base=again)
    for index in (directory, again, merged):
        with opened(engine("whoosh"), index) as searcher:
            assert hits(searcher, Phrase(BODY, ("far", "away"))) == ["long"]
            assert hits(searcher, Phrase(BODY, ("x", "far", "away", "y"))) == ["long"]
            assert hits(searcher, Phrase(BODY, ("far", "away"), slop=1))[0] in ("long", "short")
            field = searcher.segments[0].fields[BODY]
            assert field.occurrences(field.find("y")) == 301


def test_codes_give_frequencies_back() -> None:
    lengths = np.array([1, 7, 24, 25, 300, 5000, 100_000])
    for average in (0.5, 8.0, 300.0):
        book = impact.codebook(average)
        for step in np.unique(impact.step_of(lengths)):
            frequencies = np.arange(1, 64)
            steps = np.full(63, step, np.uint8)
            codes = book.encode(steps, frequencies)
            kept = codes != impact.APART
            assert (codes > 0).all()
            assert (np.diff(codes[kept].astype(int)) > 0).all()
            assert book.decode(steps, codes)[kept].tolist() == frequencies[kept].tolist()


@pytest.mark.parametrize(("k1", "b"), [(1.2, 0.75), (1.0, 0.6), (0.5, 0.0), (2.0, 1.0)])
def test_codes_are_as_close_as_they_say(k1: float, b: float) -> None:
    lengths = np.repeat(np.arange(1, 2000), 30)
    frequencies = np.tile(np.arange(1, 31), 1999)
    for average in (200.0, 310.0):
        book = impact.codebook(300.0)
        codes = book.encode(impact.step_of(lengths), frequencies)
        exact = frequencies / (frequencies + k1 * (1 - b + b * lengths / average))
        low, high = book.ratio(average, k1, b, 1, 1999)
        kept = codes != impact.APART
        exact, given, off = exact[kept], codes[kept] / 255, impact.UNIT + 1e-12
        assert (given * low - off <= exact).all()
        assert (exact <= given * high + off).all()
        if (k1, b) == (1.2, 0.75):
            assert 0.7 < low <= 1 <= high < 1.6
