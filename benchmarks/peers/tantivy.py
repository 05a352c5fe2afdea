"""tantivy through tantivy-py, one indexing thread, text split at blanks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.asked import Asked, Kind
from benchmarks.peers.base import Inside, PeerBuilder, Search, not_installed

if TYPE_CHECKING:
    from benchmarks.generate import Chunk

HEAP = 512_000_000
FACETS = {
    "category": {"terms": {"field": "category", "size": 20}},
    "month": {"terms": {"field": "month", "size": 300}},
    "entity": {"terms": {"field": "entity", "size": 20}},
}


class _Builder:
    def __init__(self, directory: Path) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("text", tokenizer_name="whitespace", index_option="position")
        for name in ("category", "entity"):
            schema.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        for name in ("month", "day"):
            schema.add_unsigned_field(name, indexed=True, fast=True)
        self._document = tantivy.Document
        self._writer = tantivy.Index(schema.build(), path=str(directory)).writer(heap_size=HEAP, num_threads=1)

    def add(self, chunk: Chunk) -> None:
        days = chunk.day.tolist()
        for i, text in enumerate(chunk.texts):
            document = self._document()
            document.add_text("id", chunk.ids[i])
            document.add_text("text", text)
            document.add_text("category", chunk.categories[i])
            for entity in chunk.entity_names[i]:
                document.add_text("entity", entity)
            document.add_unsigned("month", chunk.months[i])
            document.add_unsigned("day", days[i])
            self._writer.add_document(document)

    def finish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()


class Tantivy(Inside):
    """See `benchmarks.peers.base.Peer`."""

    name = "tantivy"
    most = None

    def missing(self) -> str | None:
        return not_installed("tantivy")

    def builder(self, directory: Path) -> PeerBuilder:
        return _Builder(directory)

    def open(self, directory: Path) -> Mapping[Kind, Search]:
        import tantivy

        index = tantivy.Index.open(str(directory))
        searcher, schema, kind, occur = index.searcher(), index.schema, tantivy.Query, tantivy.Occur

        def run(query: Any) -> int:
            return int(searcher.search(query, 10, count=True).count)

        def term(word: str) -> Any:
            return kind.term_query(schema, "text", word)

        def combine(how: Any, asked: Asked) -> Any:
            return kind.boolean_query([(how, term(word)) for word in asked.words])

        def year(asked: Asked) -> int:
            days = kind.range_query(schema, "day", tantivy.FieldType.Unsigned, asked.first_day, asked.last_day)
            return run(kind.boolean_query([(occur.Must, term(asked.words[0])), (occur.Must, days)]))

        def facets(asked: Asked) -> int:
            found = run(term(asked.words[0]))
            searcher.aggregate(term(asked.words[0]), FACETS)
            return found

        def without(asked: Asked) -> Any:
            wanted, unwanted = asked.words
            return kind.boolean_query([(occur.Must, term(wanted)), (occur.MustNot, term(unwanted))])

        return {
            "term": lambda asked: run(term(asked.words[0])),
            "and": lambda asked: run(combine(occur.Must, asked)),
            "or": lambda asked: run(combine(occur.Should, asked)),
            "not": lambda asked: run(without(asked)),
            "phrase": lambda asked: run(kind.phrase_query(schema, "text", list(asked.words))),
            "prefix": lambda asked: run(kind.regex_query(schema, "text", asked.words[0] + ".*")),
            "year": year,
            "facets": facets,
        }


PEER = Tantivy()
