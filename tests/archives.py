"""Small archives from plain text, for tests of engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from indexer.analysis.terms import Term, TermColumns, columns
from indexer.engines.base import Batch, Engine, EngineRequest, Searcher
from indexer.query.nodes import Node


def words(text: str) -> list[Term]:
    """One term for each word between blanks; a `_` takes up a position without a term."""
    return [Term(word, i, 0, 0) for i, word in enumerate(text.split(" ")) if word not in ("", "_")]


def batch(*articles: Mapping[str, Any]) -> Batch:
    """A batch from dicts: `id`, any `title_…` and `body_…`, `day`, `minute`, and any other key as a facet."""
    names = dict.fromkeys(key for article in articles for key in article)
    texts = [name for name in names if name.startswith(("title_", "body_"))]
    facets = [name for name in names if name not in {*texts, "id", "day", "minute"}]
    return Batch(
        [article["id"] for article in articles],
        {name: columns([words(article.get(name, "")) for article in articles]) for name in texts},
        np.array([article.get("day", 0) for article in articles], np.int32),
        np.array([article.get("minute", -1) for article in articles], np.int16),
        {name: [list(article.get(name, ())) for article in articles] for name in facets},
        [f"stored {article['id']}".encode("utf-8", "surrogatepass") for article in articles],
    )


def replace_texts(made: Batch, fields: Mapping[str, TermColumns]) -> Batch:
    """The batch with other text fields."""
    return Batch(made.ids, fields, made.days, made.minutes, made.facets, made.stored)


def build(engine: Engine, directory: Path, *batches: Batch, base: Path | None = None) -> Path:
    """An index of these batches."""
    builder = engine.builder(directory, base=base)
    for each in batches:
        builder.add(each)
    builder.commit()
    return directory


@contextmanager
def opened(engine: Engine, directory: Path, scoring: Mapping[str, float] | None = None) -> Iterator[Searcher]:
    searcher = engine.open(directory, scoring=scoring)
    try:
        yield searcher
    finally:
        searcher.close()


def names(searcher: Searcher, docs: Sequence[int]) -> list[str]:
    """The ids of documents."""
    return [data.decode("utf-8", "surrogatepass").removeprefix("stored ") for data in searcher.stored(docs)]


def hits(searcher: Searcher, node: Node, **request: Any) -> list[str]:
    """The ids of all hits in the order of the answer."""
    answer = searcher.search(EngineRequest(node, limit=10_000, **request))
    found = names(searcher, answer.docs.tolist())
    assert answer.total == len(found)
    return found
