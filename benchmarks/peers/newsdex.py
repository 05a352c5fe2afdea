"""newsdex's own engine, given terms as its analysis gives them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.asked import Asked, Kind
from benchmarks.peers.base import Inside, PeerBuilder, Search
from indexer.analysis.terms import TermColumns
from indexer.engines import engine
from indexer.engines.base import Batch, EngineRequest
from indexer.query.nodes import And, Node, Not, Or, Phrase, Prefix, Term

if TYPE_CHECKING:
    from benchmarks.generate import Chunk

FIELD = "body_en"


class _Builder:
    def __init__(self, directory: Path) -> None:
        self._builder = engine("whoosh").builder(directory)

    def add(self, chunk: Chunk) -> None:
        self._builder.add(
            Batch(
                chunk.ids,
                {FIELD: TermColumns(chunk.vocabulary, chunk.tokens, chunk.positions, chunk.bounds)},
                chunk.day,
                np.full(len(chunk), -1, np.int16),
                {"category": [[name] for name in chunk.categories], "entity": chunk.entity_names},
                [name.encode() for name in chunk.ids],
            )
        )

    def finish(self) -> None:
        self._builder.commit()


def _term(word: str) -> Node:
    return Term(FIELD, word)


class Newsdex(Inside):
    """See `benchmarks.peers.base.Peer`."""

    name = "newsdex"
    most = None

    def missing(self) -> str | None:
        try:
            engine("whoosh")
        except ImportError as error:
            return str(error)
        return None

    def builder(self, directory: Path) -> PeerBuilder:
        return _Builder(directory)

    def open(self, directory: Path) -> Mapping[Kind, Search]:
        searcher = engine("whoosh").open(directory)

        def run(node: Node, **more: Any) -> int:
            return searcher.search(EngineRequest(node, limit=10, **{"dates": False, **more})).total

        def every(asked: Asked) -> tuple[Node, ...]:
            return tuple(_term(word) for word in asked.words)

        return {
            "term": lambda asked: run(_term(asked.words[0])),
            "and": lambda asked: run(And(every(asked))),
            "or": lambda asked: run(Or(every(asked))),
            "not": lambda asked: run(And((_term(asked.words[0]), Not(_term(asked.words[1]))))),
            "phrase": lambda asked: run(Phrase(FIELD, asked.words)),
            "prefix": lambda asked: run(Prefix(FIELD, asked.words[0])),
            "year": lambda asked: run(_term(asked.words[0]), from_day=asked.first_day, to_day=asked.last_day),
            "facets": lambda asked: run(_term(asked.words[0]), facets={"category": 0, "entity": 20}, dates=True),
        }


PEER = Newsdex()
