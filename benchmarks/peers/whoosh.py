"""Whoosh as it comes: its own writer, storage, matchers and facets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.asked import Asked, Kind
from benchmarks.peers.base import Inside, PeerBuilder, Search

if TYPE_CHECKING:
    from benchmarks.generate import Chunk


class _Builder:
    def __init__(self, directory: Path) -> None:
        from whoosh import analysis, fields, index

        schema = fields.Schema(
            id=fields.ID(stored=True),
            text=fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer()),
            category=fields.ID(sortable=True),
            month=fields.NUMERIC(sortable=True),
            day=fields.NUMERIC(sortable=True),
            entity=fields.KEYWORD(commas=True),
        )
        self._writer = index.create_in(str(directory), schema).writer(limitmb=1024)

    def add(self, chunk: Chunk) -> None:
        days = chunk.day.tolist()
        for i, text in enumerate(chunk.texts):
            self._writer.add_document(
                id=chunk.ids[i],
                text=text,
                category=chunk.categories[i],
                month=chunk.months[i],
                day=days[i],
                entity=",".join(chunk.entity_names[i]),
            )

    def finish(self) -> None:
        self._writer.commit()


class Whoosh(Inside):
    """See `benchmarks.peers.base.Peer`."""

    name = "stock Whoosh"
    most = 20_000

    def missing(self) -> str | None:
        return None

    def builder(self, directory: Path) -> PeerBuilder:
        return _Builder(directory)

    def open(self, directory: Path) -> Mapping[Kind, Search]:
        from whoosh import index, query, sorting

        searcher = index.open_dir(str(directory)).searcher()

        def run(asked: Any, **more: Any) -> int:
            return len(searcher.search(asked, limit=10, **more))

        def every(asked: Asked) -> list[Any]:
            return [query.Term("text", word) for word in asked.words]

        def facets(asked: Asked) -> int:
            grouped = sorting.Facets()
            for name in ("category", "month"):
                grouped.add_field(name, maptype=sorting.Count)
            grouped.add_field("entity", allow_overlap=True, maptype=sorting.Count)
            found = searcher.search(every(asked)[0], limit=10, groupedby=grouped)
            for name in ("category", "month", "entity"):
                found.groups(name)
            return len(found)

        def year(asked: Asked) -> int:
            return run(every(asked)[0], filter=query.NumericRange("day", asked.first_day, asked.last_day))

        return {
            "term": lambda asked: run(every(asked)[0]),
            "and": lambda asked: run(query.And(every(asked))),
            "or": lambda asked: run(query.Or(every(asked))),
            "not": lambda asked: run(query.AndNot(*every(asked))),
            "phrase": lambda asked: run(query.Phrase("text", list(asked.words))),
            "prefix": lambda asked: run(query.Prefix("text", asked.words[0])),
            "year": year,
            "facets": facets,
        }


PEER = Whoosh()
