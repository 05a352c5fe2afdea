"""Articles and archives at the edge of what there is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.analysis.terms import TermColumns
from indexer.engines.base import Engine, EngineRequest, FacetFilter
from indexer.query.nodes import And, DayRange, Every, Facet, Near, Not, Or, Phrase, Prefix, Term, Wildcard
from tests.archives import batch, build, hits, opened, replace_texts
from tests.reference import Reference

BODY = "body_en"


def test_an_empty_archive(engine: Engine, tmp_path: Path) -> None:
    build(engine, tmp_path / "index")
    assert engine.verify(tmp_path / "index") == []
    with opened(engine, tmp_path / "index") as searcher:
        answer = searcher.search(EngineRequest(Or((Every(), Term(BODY, "x"))), facets={"category": 0}))
        assert (answer.total, len(answer.docs), dict(answer.facets)) == (0, 0, {"category": []})
        assert (searcher.count, searcher.ids(), searcher.fields) == (0, [], frozenset())


def test_articles_without_any_word(engine: Engine, tmp_path: Path) -> None:
    build(engine, tmp_path / "index", batch({"id": "a", BODY: ""}, {"id": "b", BODY: ""}), batch({"id": "c"}))
    with opened(engine, tmp_path / "index") as searcher:
        assert sorted(hits(searcher, Every())) == ["a", "b", "c"]
        assert hits(searcher, Or((Term(BODY, "x"), Prefix(BODY, ""), Wildcard(BODY, "*")))) == []
        assert searcher.fields == frozenset()


def test_a_body_of_a_million_words(engine: Engine, tmp_path: Path) -> None:
    n = 1_000_000
    vocabulary = [f"w{i}" for i in range(500)] + ["common", "first", "second", "short"]
    ids = np.random.default_rng(5).integers(0, 500, n).astype(np.uint32)
    ids[::3] = 500  # 333,334 times the same term
    ids[n - 3 :] = 501, 502, 500
    ids[70_000] = 501
    bounds = np.array([0, n, n + 2], np.int64)
    texts = TermColumns(
        vocabulary,
        np.concatenate([ids, [503, 500]]).astype(np.uint32),
        np.concatenate([np.arange(n), [0, 1]]).astype(np.uint32),
        bounds,
    )
    made = batch({"id": "long", BODY: "x"}, {"id": "short", BODY: "x"})
    build(engine, tmp_path / "index", replace_texts(made, {BODY: texts}))
    reference = Reference()
    reference.add(replace_texts(made, {BODY: texts}))
    with opened(engine, tmp_path / "index") as searcher:
        assert hits(searcher, Phrase(BODY, ("first", "second", "common"))) == ["long"]
        assert hits(searcher, Phrase(BODY, ("second", "first"))) == []
        assert hits(searcher, Near(BODY, ("second", "first"), 1)) == ["long"]
        assert hits(searcher, And((Term(BODY, "w7"), Not(Term(BODY, "short"))))) == ["long"]
        assert sorted(hits(searcher, Term(BODY, "common"))) == ["long", "short"]
        answer = searcher.search(EngineRequest(Term(BODY, "common")))
        scores = [reference.score(Term(BODY, "common"), article) for article in reference.articles.values()]
        assert answer.scores == pytest.approx(sorted(scores, reverse=True), rel=1e-4)


def test_ten_thousand_entities(engine: Engine, tmp_path: Path) -> None:
    many = [f"entity {i}, of many" for i in range(10_000)]
    build(
        engine,
        tmp_path / "index",
        batch({"id": "list", BODY: "x", "entity": many}, {"id": "other", BODY: "x", "entity": many[5000:5001]}),
    )
    with opened(engine, tmp_path / "index") as searcher:
        answer = searcher.search(EngineRequest(Term(BODY, "x"), facets={"entity": 0}))
        assert answer.facets["entity"] == [(many[5000], 2), *((m, 1) for m in sorted(many) if m != many[5000])]
        assert sorted(hits(searcher, Facet("entity", many[5000]))) == ["list", "other"]
        chosen = {"entity": FacetFilter(tuple(many[:5000]))}
        assert hits(searcher, Every(), filters=chosen) == ["list"]


def test_the_first_and_the_last_year(engine: Engine, tmp_path: Path) -> None:
    days = {"first": 1, "last": 3_652_059, "undated": 0}
    build(engine, tmp_path / "index", batch(*({"id": name, BODY: "x", "day": day} for name, day in days.items())))
    with opened(engine, tmp_path / "index") as searcher:
        assert hits(searcher, Every(), sort="oldest") == ["first", "last", "undated"]
        assert hits(searcher, Every(), sort="newest") == ["last", "first", "undated"]
        assert hits(searcher, DayRange(None, 1)) == ["first"]
        assert hits(searcher, DayRange(2, None)) == ["last"]
        assert hits(searcher, Every(), from_day=-5, to_day=5_000_000) == ["first", "last"]
        assert searcher.search(EngineRequest()).days.days.tolist() == [1, 3_652_059]


ODD = ["\ud800", "\udfff", "e\u0301", "é", "😀", "￿", "中", "אב", "a" * 3000, "*", "?", "a,b", "'", '"', "\\", "\x01"]


def test_odd_terms_ids_and_values(engine: Engine, tmp_path: Path) -> None:
    articles = [{"id": f"{odd}-{i}", BODY: f"{odd} x", "entity": [odd]} for i, odd in enumerate(ODD)]
    build(engine, tmp_path / "index", batch(*articles))
    with opened(engine, tmp_path / "index") as searcher:
        assert [text for text, _ in searcher.terms(BODY)] == sorted([*ODD, "x"])
        for article, odd in zip(articles, ODD, strict=True):
            assert hits(searcher, Term(BODY, odd)) == [article["id"]]
            assert hits(searcher, Phrase(BODY, (odd, "x"))) == [article["id"]]
            assert hits(searcher, Facet("entity", odd)) == [article["id"]]
            assert hits(searcher, Facet("id", article["id"])) == [article["id"]]
            assert searcher.doc(article["id"]) is not None
        answer = searcher.search(EngineRequest(facets={"entity": 0}))
        assert answer.facets["entity"] == [(odd, 1) for odd in sorted(ODD)]


@pytest.mark.slow
def test_more_articles_than_sixteen_bits(engine: Engine, tmp_path: Path) -> None:
    if engine.name == "stock":
        pytest.skip("stock Whoosh takes minutes for this many articles")
    n = 70_000
    articles = ({"id": f"a{i}", BODY: f"x w{i % 7} v{i}", "day": 700_000 + i % 400} for i in range(n))
    build(engine, tmp_path / "index", batch(*articles))
    with opened(engine, tmp_path / "index") as searcher:
        assert searcher.search(EngineRequest(Term(BODY, "x"))).total == n
        assert searcher.count_of(And((Term(BODY, "w3"), Not(Term(BODY, "v3"))))) == n // 7 - 1
        assert hits(searcher, Phrase(BODY, ("x", f"w{(n - 2) % 7}", f"v{n - 2}"))) == [f"a{n - 2}"]
        assert hits(searcher, Term(BODY, f"v{n - 1}")) == [f"a{n - 1}"]
        assert int(searcher.search(EngineRequest()).days.counts.sum()) == n
