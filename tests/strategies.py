"""Hypothesis makes archives, query nodes and requests: small, so that things collide, and odd, so that they hurt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from indexer.analysis.terms import Term, columns
from indexer.engines.base import Batch, EngineRequest, FacetFilter, Recency
from indexer.query import nodes

TERMS = ["a", "b", "ab", "abc", "abd", "ba", "bab", "é", "é", "東京", "*", "a?", "[ab]", "😀", "\ud83d", "a\udc00", "￿"]
PATTERNS = ["*", "a*", "?", "*b*", "a?", "?a*", "[ab]", "", "**c"]
FIELDS = ["title_en", "body_en", "body_folded"]
FACET_VALUES = {
    "category": ["x", "y", "x, y", "z\ud800"],
    "entity": [f"e{i}" for i in range(9)],
    "language": ["de", "ru"],
    "section": ["Politik", "В мире"],
}
DAYS = [0, 1, 730_000, 730_001, 730_002, 730_400, 3_652_059]
MINUTES = [-1, 0, 5, 1439]

common = st.sampled_from(TERMS[:4])
terms = common | st.sampled_from(TERMS)
fields = st.sampled_from(FIELDS)
boosts = st.sampled_from([1.0, 1.0, 0.5, 3.0])


@st.composite
def texts(draw: st.DrawFn) -> list[Term]:
    """Terms at rising positions, some with a gap before them."""
    found, position = [], 0
    for text in draw(st.lists(terms, max_size=12)):
        position += draw(st.sampled_from([0, 0, 0, 1, 4]))
        found.append(Term(text, position, 0, 0))
        position += 1
    return found


@st.composite
def batches(draw: st.DrawFn, ids: st.SearchStrategy[str]) -> Batch:
    """Up to eight articles; some fields, facets and days are missing."""
    names = draw(st.lists(ids, max_size=8, unique=True))
    n = len(names)

    def each(strategy: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(strategy, min_size=n, max_size=n))

    held = draw(st.sets(fields, min_size=1))
    return Batch(
        names,
        {name: columns(each(texts() | st.just([]))) for name in sorted(held)},
        np.array(each(st.sampled_from(DAYS)), np.int32),
        np.array(each(st.sampled_from(MINUTES)), np.int16),
        {name: each(st.lists(st.sampled_from(v), unique=True, max_size=4)) for name, v in FACET_VALUES.items()},
        [f'{{"id": "{name}", "turn": {draw(st.integers(0, 9))}}}'.encode() for name in names],
    )


@dataclass
class History:
    """Generations of an archive: for each the batches to add and lists of ids to delete, in order."""

    generations: list[list[Batch | list[str]]]

    @property
    def loses(self) -> bool:
        """Whether any article is replaced or deleted."""
        steps = [step for generation in self.generations for step in generation]
        added = [name for step in steps if isinstance(step, Batch) for name in step.ids]
        return len(added) != len(set(added)) or any(isinstance(step, list) for step in steps)


plain_ids = st.integers(0, 25).map(lambda i: f"id-{i}")


@st.composite
def histories(draw: st.DrawFn, loses: bool = True) -> History:
    """One to three generations, with updates and deletions when it may lose articles."""
    if loses:
        step = batches(plain_ids) | st.lists(plain_ids, max_size=4)
        return History(draw(st.lists(st.lists(step, min_size=1, max_size=3), min_size=1, max_size=3)))
    count = draw(st.integers(1, 3))
    made = [draw(batches(st.integers(0, 25).map(lambda j, i=i: f"id-{i}-{j}"))) for i in range(count)]
    split = draw(st.integers(0, count))
    return History([part for part in (made[:split], made[split:]) if part])


any_field = fields | st.just("body_xx") | st.just("category")
leaves = st.one_of(
    st.builds(nodes.Term, any_field, terms, boosts),
    st.builds(nodes.Term, fields, common, boosts),
    st.builds(nodes.Term, fields, common, boosts),
    st.builds(nodes.Phrase, fields, st.lists(common, max_size=3).map(tuple), st.integers(0, 2), boosts),
    st.lists(common, min_size=2, max_size=3).flatmap(
        lambda words: st.builds(
            nodes.Phrase,
            fields,
            st.just(tuple(words)),
            st.integers(0, 1),
            boosts,
            st.tuples(*[st.integers(1, 3)] * (len(words) - 1)),
        )
    ),
    st.builds(nodes.Near, fields, st.lists(common, max_size=3).map(tuple), st.integers(0, 6), boosts),
    st.builds(nodes.Prefix, any_field, st.sampled_from(["", "a", "ab", "b", "z", "東", "*", "\ud83d"]), boosts),
    st.builds(nodes.Wildcard, any_field, st.sampled_from(PATTERNS), boosts),
    st.builds(nodes.Fuzzy, any_field, terms, st.integers(0, 2), st.integers(0, 2), boosts),
    st.builds(nodes.TermRange, any_field, st.none() | terms, st.none() | terms),
    st.sampled_from(sorted(FACET_VALUES)).flatmap(
        lambda name: st.builds(nodes.Facet, st.just(name), st.sampled_from([*FACET_VALUES[name], "none"]), boosts)
    ),
    st.builds(nodes.Facet, st.sampled_from(["id", "unknown", "body_en"]), plain_ids | common, boosts),
    st.builds(nodes.DayRange, st.none() | st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS)),
    st.sampled_from([nodes.Every(), nodes.Nothing()]),
)
queries = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(nodes.And, st.lists(parts, max_size=3).map(tuple)),
        st.builds(nodes.Or, st.lists(parts, max_size=4).map(tuple)),
        st.builds(nodes.Best, st.lists(parts, max_size=3).map(tuple), st.sampled_from([0.0, 0.1, 1.0])),
        st.builds(nodes.Not, parts),
        st.builds(nodes.Filter, parts),
    ),
    max_leaves=6,
)


@st.composite
def requests(draw: st.DrawFn) -> EngineRequest:
    """A request for all hits with filters and facets."""

    def chosen() -> dict[str, tuple[str, ...]]:
        names = draw(st.lists(st.sampled_from(sorted(FACET_VALUES)), unique=True, max_size=2))
        return {n: tuple(draw(st.lists(st.sampled_from([*FACET_VALUES[n], "none"]), unique=True))) for n in names}

    include, exclude = chosen(), chosen()
    day = st.none() | st.none() | st.sampled_from(DAYS)
    return EngineRequest(
        query=draw(queries),
        filters={n: FacetFilter(include.get(n, ()), exclude.get(n, ())) for n in {*include, *exclude}},
        from_day=draw(day),
        to_day=draw(day),
        sort=draw(st.sampled_from(["relevance", "newest", "oldest", "recent"])),
        recency=Recency(max(DAYS), draw(st.sampled_from([1.0, 30.0])), draw(st.sampled_from([0.0, 0.5, 1.0]))),
        limit=1000,
        facets={name: draw(st.integers(0, 3)) for name in [*FACET_VALUES, "unknown"]},
        distinct=(*FACET_VALUES, "id", "unknown"),
        facet_keep=chosen(),
        facet_match=chosen(),
        dates=draw(st.booleans()),
    )
