"""The fast path answers what Whoosh's own matchers answer over the same index, hits and scores."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import whoosh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.matching import ListMatcher, NullMatcher, WrappingMatcher
from whoosh.query.terms import MultiTerm
from whoosh.searching import Searcher

from indexer.engines import engine
from indexer.engines.base import Batch
from indexer.engines.whoosh.whoosh_compile import NotCompiled, compile_query
from indexer.engines.whoosh.whoosh_index import ArrayIndex, open_index
from tests.archives import batch, build
from tests.strategies import DAYS, FACET_VALUES, FIELDS, TERMS, History, histories

quiet = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

OLD = whoosh.__version__ < (3,)
"""Whoosh 2.7.4, and not whoosh3."""

WORDS = [term for term in TERMS if term.isprintable()]  # Whoosh itself cannot encode unpaired surrogates
fields = st.sampled_from(FIELDS)
words = st.sampled_from(WORDS)
boosts = st.sampled_from([1.0, 0.5, 3.0])
phrase_words = st.lists(st.sampled_from(TERMS[:4]), min_size=1, max_size=3)
days = st.sampled_from([day for day in DAYS if day])
moments = days.map(datetime.fromordinal)


def ordered(pair: list[Any]) -> list[Any]:
    return sorted(pair)


leaves = st.one_of(
    st.builds(query.Term, fields, words, boosts),
    st.builds(query.Term, fields, st.sampled_from(TERMS[:4]), boosts),
    st.builds(query.Phrase, fields, phrase_words, st.integers(1, 3), boosts),
    st.builds(query.Prefix, fields, st.sampled_from(["", "a", "ab", "z"]), boosts, st.booleans()),
    st.builds(query.Wildcard, fields, st.sampled_from(["*", "a*", "?", "*b*", "?a*"]), boosts, st.booleans()),
    st.builds(query.FuzzyTerm, fields, st.sampled_from(TERMS[:7]), boosts, st.integers(1, 2), st.integers(0, 1)),
    st.builds(query.Variations, fields, words, boosts),
    st.tuples(fields, st.lists(words, min_size=2, max_size=2).map(ordered), *[st.booleans()] * 3, boosts).map(
        lambda given: query.TermRange(given[0], *given[1], *given[2:4], boost=given[5], constantscore=given[4])
    ),
    st.lists(days, min_size=2, max_size=2).map(ordered).map(lambda pair: query.NumericRange("day", *pair)),
    st.lists(moments, min_size=2, max_size=2).map(ordered).map(lambda pair: query.DateRange("published", *pair)),
    st.builds(query.Term, st.just("language"), st.sampled_from(FACET_VALUES["language"]), boosts),
    st.builds(query.Term, st.just("id"), st.integers(0, 25).map(lambda i: f"id-{i}")),
    st.builds(query.Every, st.sampled_from([None, "body_en", "entity"]), boosts),
)
queries = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(query.And, st.lists(parts, min_size=1, max_size=3), boosts),
        st.builds(query.Or, st.lists(parts, min_size=1, max_size=3), boosts),
        st.builds(query.Not, parts),
        st.builds(query.AndNot, parts, parts),
        st.builds(query.AndMaybe, parts, parts),
        st.builds(query.ConstantScoreQuery, parts, st.sampled_from([1.0, 2.5])),
    ),
    max_leaves=5,
)


@contextmanager
def built(history: History) -> Iterator[ArrayIndex]:
    """The history as an index that Whoosh can use."""
    with tempfile.TemporaryDirectory() as name:
        base = None
        for i, steps in enumerate(history.generations):
            builder = engine("whoosh").builder(Path(name) / str(i), base=base)
            if base is None:  # Whoosh's matchers want every field to be there
                builder.add(batch({"id": "all", **dict.fromkeys(FIELDS, "ab b"), **{n: ["x"] for n in FACET_VALUES}}))
            for step in steps:
                if isinstance(step, Batch):
                    builder.add(step)
                else:
                    builder.delete(step)
            builder.commit()
            base = Path(name) / str(i)
        index = open_index(base)
        yield index
        index.close()


class Without(query.Query):
    """`AndNot`, and `Not` (nothing wanted); the matchers of 2.7.4 let the first article, or deleted ones, slip."""

    def __init__(self, wanted: query.Query | None, barred: query.Query) -> None:
        self.wanted, self.barred = wanted, barred

    def estimate_size(self, reader: Any) -> int:
        return reader.doc_count()

    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        wanted = scored(self.wanted or query.Every(), searcher)
        kept = sorted(wanted.keys() - scored(self.barred, searcher).keys())
        return ListMatcher(kept, [wanted[doc] for doc in kept]) if kept else NullMatcher()


class Boosted(query.Query):
    """A query that stands for terms, with its boost; 2.7.4 drops the boost where a segment holds one of the terms."""

    def __init__(self, asked: MultiTerm) -> None:
        self.asked, self.boost = asked.with_boost(1.0), asked.boost

    def estimate_size(self, reader: Any) -> int:
        return int(self.asked.estimate_size(reader))

    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        child = self.asked.matcher(searcher, context)
        return WrappingMatcher(child, self.boost) if child.is_active() else NullMatcher()


def scored(asked: query.Query, searcher: Searcher) -> dict[int, float]:
    """Document → score in one segment."""
    found, matcher = {}, asked.matcher(searcher, searcher.context())
    while matcher.is_active():
        found[matcher.id()] = matcher.score()
        matcher.next()
    return found


def sound(asked: query.Query) -> query.Query:
    """The query with what is documented where the matchers do otherwise (see `whoosh_compile`)."""
    if getattr(asked, "constantscore", False):
        return query.ConstantScoreQuery(asked, asked.boost)
    if OLD and isinstance(asked, MultiTerm):
        return Boosted(asked)
    if isinstance(asked, query.AndNot):
        return Without(sound(asked.a), sound(asked.b))
    if isinstance(asked, query.AndMaybe):
        # below an And, the optional matcher is not always moved along and its score is lost
        a, b = sound(asked.a), sound(asked.b)
        return query.Or([query.And([a, b]), Without(a, b)])
    if isinstance(asked, query.Not):
        return Without(None, sound(asked.query))
    return asked.apply(sound)


def by_matchers(index: ArrayIndex, asked: query.Query) -> dict[int, float]:
    """Document → score, from Whoosh's matchers."""
    with Searcher(index.reader(), fromindex=index) as searcher:
        leaves = searcher.leaf_searchers()
        return {base + doc: score for leaf, base in leaves for doc, score in scored(sound(asked), leaf).items()}


@quiet
@given(history=histories(), asked=st.lists(queries, min_size=4, max_size=8))
def test_hits_and_scores_are_those_of_the_matchers(history: History, asked: list[query.Query]) -> None:
    with built(history) as index, index.searcher() as searcher:
        for each in asked:
            compile_query(each, index.schema)  # none of these may need the matchers
            results = searcher.search(each, limit=None)
            found = {docnum: score for score, docnum in results.top_n}
            expected = by_matchers(index, each)
            assert found == pytest.approx(expected, rel=1e-4), each
            assert len(results) == len(expected)
            assert results.top_n == sorted(results.top_n, key=lambda pair: (-pair[0], pair[1]))


@quiet
@given(history=histories(), wanted=leaves, needed=leaves)
def test_require_filters(history: History, wanted: query.Query, needed: query.Query) -> None:
    with built(history) as index, index.searcher() as searcher:
        found = {doc: score for score, doc in searcher.search(query.Require(wanted, needed), limit=None).top_n}
        scores, passing = by_matchers(index, wanted), by_matchers(index, needed)
        assert found == pytest.approx({doc: score for doc, score in scores.items() if doc in passing}, rel=1e-4)


def test_a_boost_counts_where_one_term_is_found(tmp_path: Path) -> None:
    made = batch({"id": "1", "body_en": "house x"}, {"id": "2", "body_en": "houses"}, {"id": "3", "body_en": "y"})
    with open_index(build(engine("whoosh"), tmp_path / "index", made)).searcher() as searcher:
        leaf, _ = searcher.leaf_searchers()[0]
        for text, matchers in [("house", 3.0), ("y", 1.0 if OLD else 3.0)]:  # 2.7.4 forgets the boost
            plain, asked = (query.Variations("body_en", text, boost) for boost in (1.0, 3.0))
            found, once = ({doc: score for score, doc in searcher.search(q).top_n} for q in (asked, plain))
            assert found
            assert found == pytest.approx({doc: 3.0 * score for doc, score in once.items()})
            assert scored(asked, leaf) == pytest.approx({doc: matchers * score for doc, score in once.items()})


@pytest.mark.parametrize("asked", [query.Regex("body_en", "a.*"), query.Wildcard("body_en", "[ab]*")])
def test_what_is_not_compiled_goes_to_the_matchers(asked: query.Query, tmp_path: Path) -> None:
    from indexer.engines.base import EngineRequest
    from indexer.engines.whoosh.whoosh_index import WhooshQuery

    made = batch({"id": "1", "body_en": "ab c"}, {"id": "2", "body_en": "c d"}, {"id": "3", "body_en": "a a"})
    index = open_index(build(engine("whoosh"), tmp_path / "index", made))
    with pytest.raises(NotCompiled):
        compile_query(asked, index.schema)
    with index.searcher() as searcher:
        assert sorted(hit["id"] for hit in searcher.search(asked)) == ["1", "3"]
        answer = index.arrays.search(EngineRequest(WhooshQuery(asked, searcher)))
    assert answer.total == 2
    assert "matchers" in answer.notes[0]
