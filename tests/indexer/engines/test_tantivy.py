"""A second oracle, written by others in another language: tantivy must find what every engine finds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.base import Engine
from indexer.query.nodes import And, DayRange, Every, Node, Not, Or, Phrase, Prefix, Term
from tests.archives import batch, build, hits, opened

tantivy = pytest.importorskip("tantivy", reason="tantivy is not installed (extra `test`)")

FIELDS = ["title_en", "body_en"]
TERMS = ["a", "b", "c", "ab", "abc", "ba"]

words = st.sampled_from(TERMS)
texts = st.lists(words | st.just("_"), max_size=25).map(" ".join)
articles = st.lists(
    st.fixed_dictionaries(
        {"title_en": texts, "body_en": texts, "day": st.integers(1, 6)},
    ),
    min_size=1,
    max_size=25,
)
fields = st.sampled_from(FIELDS)
leaves = st.one_of(
    st.builds(Term, fields, words),
    st.lists(words, min_size=2, max_size=4).map(tuple).flatmap(lambda w: st.builds(Phrase, fields, st.just(w))),
    st.tuples(words, words, words).flatmap(
        lambda w: st.builds(
            Phrase, fields, st.just(w), st.just(0), st.just(1.0), st.tuples(st.integers(1, 4), st.integers(1, 4))
        )
    ),
    st.builds(Prefix, fields, st.sampled_from(["a", "ab", "c", "b"])),
    st.tuples(st.integers(0, 7), st.integers(0, 7)).map(lambda d: DayRange(min(d), max(d))),
)
queries = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(And, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(lambda a, b: And((a, Not(b))), parts, parts),
    ),
    max_leaves=6,
)


class Tantivy:
    """The articles in a tantivy index that is kept in memory."""

    def __init__(self, given_articles: list[dict[str, Any]]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_integer_field("day", indexed=True, fast=True)
        for name in FIELDS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        self.index = tantivy.Index(self_schema := builder.build())
        self.schema = self_schema
        writer = self.index.writer(heap_size=15_000_000, num_threads=1)
        for article in given_articles:
            writer.add_document(tantivy.Document(**article))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def query(self, node: Node) -> Any:
        kind, occur = tantivy.Query, tantivy.Occur
        match node:
            case Every():
                return kind.all_query()
            case Term():
                return kind.term_query(self.schema, node.field, node.text)
            case Phrase():
                places = np.cumsum([0, *(node.gaps or [1] * (len(node.texts) - 1))]).tolist()
                return kind.phrase_query(self.schema, node.field, list(zip(places, node.texts, strict=True)))
            case Prefix():
                return kind.regex_query(self.schema, node.field, node.text + ".*")
            case DayRange(start, end):
                return kind.range_query(self.schema, "day", tantivy.FieldType.Integer, start, end)
            case Not(part):
                return kind.boolean_query([(occur.Must, kind.all_query()), (occur.MustNot, self.query(part))])
            case And(parts):
                return kind.boolean_query([(occur.Must, self.query(part)) for part in parts])
            case Or(parts):
                return kind.boolean_query([(occur.Should, self.query(part)) for part in parts])
        raise AssertionError(node)

    def hits(self, node: Node) -> list[str]:
        found = self.searcher.search(self.query(node), 1000)
        assert found.count == len(found.hits)
        return [self.searcher.doc(address)["id"][0] for _, address in found.hits]


@settings(
    max_examples=settings.default.max_examples * 2 // 5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(made=articles, asked=st.lists(queries, min_size=5, max_size=15), split=st.integers(0, 25))
def test_the_same_hits(engine: Engine, made: list[dict[str, Any]], asked: list[Node], split: int) -> None:
    made = [{"id": f"id-{i}", **article} for i, article in enumerate(made)]
    other = Tantivy(made)
    parts = [batch(*some) for some in (made[:split], made[split:]) if some]
    with tempfile.TemporaryDirectory() as directory:
        build(engine, Path(directory) / "index", *parts)
        with opened(engine, Path(directory) / "index") as searcher:
            for node in asked:
                assert sorted(hits(searcher, node)) == sorted(other.hits(node)), node
