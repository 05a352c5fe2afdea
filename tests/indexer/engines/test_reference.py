"""Every engine answers what the slow reference answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.base import Batch, DayCounts, Engine, EngineRequest, Searcher
from tests.reference import Reference, sort_key
from tests.strategies import FIELDS, TERMS, History, histories, queries, requests

SCORING = {"k1": 1.6, "b": 0.6, "title": 2.5}
EXACT = {"stock"}
"""Engines whose scores never count what was deleted or replaced."""

quiet = settings(
    max_examples=settings.default.max_examples * 2 // 5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@contextmanager
def archive(engine: Engine, history: History) -> Iterator[tuple[Searcher, Reference]]:
    """The history, built by an engine generation by generation, and the same in the reference."""
    reference = Reference(SCORING)
    with tempfile.TemporaryDirectory() as name:
        base = None
        for i, steps in enumerate(history.generations):
            directory = Path(name) / str(i)
            builder = engine.builder(directory, base=base, scoring=SCORING)
            for step in steps:
                for target in (builder, reference):
                    target.add(step) if isinstance(step, Batch) else target.delete(step)
            assert builder.commit()["articles"] == len(reference.articles)
            assert engine.verify(directory) == []
            base = directory
        searcher = engine.open(base, scoring=SCORING)
        try:
            yield searcher, reference
        finally:
            searcher.close()


def days(counts: DayCounts) -> dict[int, int]:
    assert list(counts.days) == sorted(set(counts.days.tolist()))
    assert 0 not in counts.days
    found = dict(zip(counts.days.tolist(), counts.counts.tolist(), strict=True))
    return found | ({0: counts.undated} if counts.undated else {})


def compare(searcher: Searcher, reference: Reference, request: EngineRequest, exact: bool) -> None:
    """Hits exactly, scores to 1e-4, order up to ties, facets and days exactly."""
    answer, expected = searcher.search(request), reference.search(request)
    names = [ids_of(searcher)[doc] for doc in answer.docs.tolist()]
    assert answer.total == len(names) == len(expected.hits)
    assert set(names) == set(expected.hits)
    assert {name: list(map(tuple, pairs)) for name, pairs in answer.facets.items()} == expected.facets
    assert days(answer.days) == expected.days
    assert days(answer.days_open) == expected.days_open
    assert answer.distinct == expected.distinct
    assert answer.cursor is None
    scores = answer.scores.tolist()
    if exact:
        assert dict(zip(names, scores, strict=True)) == pytest.approx(expected.hits, rel=1e-4, abs=1e-9)
    kept = [reference.articles[name] for name in names]
    keys = [(*sort_key(request.sort, a, s), doc) for a, s, doc in zip(kept, scores, answer.docs.tolist(), strict=True)]
    assert keys == sorted(keys)


def ids_of(searcher: Searcher) -> dict[int, str]:
    return {searcher.doc(name): name for name in searcher.ids()}


@quiet
@given(history=histories(loses=False), asked=st.lists(requests(), min_size=4, max_size=8))
def test_hits_scores_facets_and_days(engine: Engine, history: History, asked: list[EngineRequest]) -> None:
    with archive(engine, history) as (searcher, reference):
        for request in asked:
            compare(searcher, reference, request, exact=True)


@quiet
@given(history=histories(), asked=st.lists(requests(), min_size=3, max_size=6))
def test_updates_and_deletions(engine: Engine, history: History, asked: list[EngineRequest]) -> None:
    with archive(engine, history) as (searcher, reference):
        assert sorted(searcher.ids()) == sorted(reference.articles)
        for name, article in reference.articles.items():
            assert searcher.stored([searcher.doc(name)]) == [article.stored]
        for request in asked:
            compare(searcher, reference, request, exact=engine.name in EXACT or not history.loses)


@quiet
@given(history=histories(), node=queries, prefix=st.sampled_from(["", "a", "ab", "東", "\ud83d"]))
def test_vocabulary_and_counts(engine: Engine, history: History, node: object, prefix: str) -> None:
    with archive(engine, history) as (searcher, reference):
        assert searcher.count == len(reference.articles)
        assert searcher.fields == {name for name in FIELDS if reference.terms(name)}
        for name in FIELDS:
            expected = [pair for pair in reference.terms(name) if pair[0].startswith(prefix)]
            assert list(map(tuple, searcher.terms(name, prefix))) == expected
            assert list(map(tuple, searcher.terms(name, prefix, limit=2))) == expected[:2]
        for text in TERMS:
            assert searcher.frequency("body_en", text) == reference.frequency("body_en", text)
        found = [a for a in reference.articles.values() if reference.score(node, a) is not None]
        assert searcher.count_of(node) == len(found)
        docs = sorted(ids_of(searcher), reverse=True)
        held = {ids_of(searcher)[doc] for doc, holds in zip(docs, searcher.holding(node, docs), strict=True) if holds}
        assert held == {article.id for article in found}


@quiet
@given(history=histories(), request_=requests(), size=st.integers(1, 4), offset=st.integers(0, 3))
def test_pages_and_cursor_give_every_hit_once(
    engine: Engine, history: History, request_: EngineRequest, size: int, offset: int
) -> None:
    with archive(engine, history) as (searcher, _):
        whole = searcher.search(request_).docs.tolist()
        paged, walked, cursor = [], [], None
        for start in range(0, len(whole) + size, size):
            paged += searcher.search(replace(request_, limit=size, offset=start)).docs.tolist()
        assert paged == whole
        for _ in range(len(whole) + 1):
            answer = searcher.search(replace(request_, limit=size, after=cursor))
            assert answer.total == len(whole)
            skipped = searcher.search(replace(request_, limit=size, after=cursor, offset=offset))
            assert skipped.docs.tolist() == whole[len(walked) + offset :][:size]
            walked += answer.docs.tolist()
            cursor = answer.cursor
            if cursor is None:
                break
        assert walked == whole
