"""One generation after another: sharing, replacing, deleting, giving up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.engines.base import Engine, EngineRequest
from indexer.query.nodes import Every, Facet, Term
from tests.archives import batch, build, hits, opened

BODY = "body_en"
FIRST = batch(*({"id": f"a{i}", BODY: f"old w{i}", "day": 700_000 + i, "entity": ["e"]} for i in range(5)))


def test_a_generation_shares_and_outlives_its_base(engine: Engine, tmp_path: Path) -> None:
    build(engine, tmp_path / "1", FIRST)
    second = batch({"id": "a1", BODY: "new"}, {"id": "b", BODY: "new", "title_ru": "новое"})
    build(engine, tmp_path / "2", second, base=tmp_path / "1")
    with opened(engine, tmp_path / "1") as old:
        assert len(hits(old, Term(BODY, "old"))) == 5
        assert hits(old, Term(BODY, "new")) == []
        shutil.rmtree(tmp_path / "1")
        assert len(hits(old, Term(BODY, "old"))) == 5  # an open searcher stays valid
    with opened(engine, tmp_path / "2") as new:
        assert sorted(hits(new, Term(BODY, "old"))) == ["a0", "a2", "a3", "a4"]
        assert sorted(hits(new, Term(BODY, "new"))) == ["a1", "b"]
        assert hits(new, Term("title_ru", "новое")) == ["b"]
        assert hits(new, Term(BODY, "w1")) == []
        assert (new.frequency(BODY, "w1"), new.frequency(BODY, "old")) == (0, 4)
        assert [text for text, _ in new.terms(BODY)] == ["new", "old", "w0", "w2", "w3", "w4"]
        assert new.search(EngineRequest(facets={"entity": 0})).facets["entity"] == [("e", 4)]
        assert engine.verify(tmp_path / "2") == []


def test_steps_take_effect_in_order(engine: Engine, tmp_path: Path) -> None:
    builder = engine.builder(tmp_path / "1")
    builder.add(FIRST)
    builder.delete(["a0", "a1", "unknown"])
    builder.add(batch({"id": "a1", BODY: "again"}, {"id": "a2", BODY: "again"}))
    builder.add(batch({"id": "a2", BODY: "third"}))
    builder.delete(["a4"])
    assert builder.commit()["articles"] == 3
    with opened(engine, tmp_path / "1") as searcher:
        assert sorted(searcher.ids()) == ["a1", "a2", "a3"]
        assert hits(searcher, Term(BODY, "again")) == ["a1"]
        assert hits(searcher, Term(BODY, "third")) == ["a2"]
        assert hits(searcher, Term(BODY, "old")) == ["a3"]


def test_everything_deleted(engine: Engine, tmp_path: Path) -> None:
    build(engine, tmp_path / "1", FIRST)
    builder = engine.builder(tmp_path / "2", base=tmp_path / "1")
    builder.delete(FIRST.ids)
    assert builder.commit()["articles"] == 0
    with opened(engine, tmp_path / "2") as searcher:
        assert (hits(searcher, Every()), hits(searcher, Term(BODY, "old")), searcher.count) == ([], [], 0)
        assert (searcher.fields, searcher.terms(BODY)) == (frozenset(), [])
        assert searcher.search(EngineRequest(facets={"entity": 0})).facets["entity"] == []
    build(engine, tmp_path / "3", FIRST, base=tmp_path / "2")
    with opened(engine, tmp_path / "3") as searcher:
        assert sorted(hits(searcher, Term(BODY, "old"))) == sorted(FIRST.ids)


def test_many_small_generations(engine: Engine, tmp_path: Path) -> None:
    base = None
    for i in range(20):
        made = batch({"id": f"a{i}", BODY: f"x w{i}", "day": 700_000 - i}, {"id": "same", BODY: f"x s{i}"})
        base = build(engine, tmp_path / str(i), made, base=base)
    with opened(engine, base) as searcher:
        assert searcher.count == 21
        assert len(hits(searcher, Term(BODY, "x"))) == 21
        assert hits(searcher, Term(BODY, "s19")) == ["same"]
        assert hits(searcher, Term(BODY, "s3")) == []
        assert hits(searcher, Term(BODY, "x"), sort="oldest") == [f"a{i}" for i in reversed(range(20))] + ["same"]
        assert hits(searcher, Facet("id", "a7")) == ["a7"]
    assert engine.verify(base) == []


def test_giving_up_leaves_the_base_as_it_was(engine: Engine, tmp_path: Path) -> None:
    build(engine, tmp_path / "1", FIRST)
    builder = engine.builder(tmp_path / "2", base=tmp_path / "1")
    builder.add(batch({"id": "a1", BODY: "new"}))
    builder.delete(["a2"])
    builder.abort()
    assert engine.verify(tmp_path / "1") == []
    with opened(engine, tmp_path / "1") as searcher:
        assert len(hits(searcher, Term(BODY, "old"))) == 5


@pytest.mark.parametrize("kept", [1, 2])
def test_the_same_batch_again_changes_nothing(engine: Engine, tmp_path: Path, kept: int) -> None:
    build(engine, tmp_path / "1", *[FIRST] * kept)
    build(engine, tmp_path / "2", FIRST, base=tmp_path / "1")
    with opened(engine, tmp_path / "2") as searcher:
        assert sorted(hits(searcher, Term(BODY, "old"))) == sorted(FIRST.ids)
        assert searcher.frequency(BODY, "w0") == 1
