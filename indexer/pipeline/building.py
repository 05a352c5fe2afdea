"""Third stage: analyse the records, give them their entities, and hand them to the engine in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from indexer.analysis import BulkAnalyzer
from indexer.engines.base import FACETS, Batch, Builder
from indexer.knowing import Topics, encode_record, languages_of
from indexer.knowledge.finder import forget
from indexer.pipeline.brief import day_and_minute
from indexer.pipeline.knowing import Named, guessed
from indexer.pipeline.reading import Record, loaded

BATCH = 1024
"""Articles analysed at once: enough for whole-array work, a few megabytes of text."""

MANY = 10_000
"""Articles from which on what was remembered for reading them is given back before they are indexed."""


def batches(records: Iterable[Record], size: int = BATCH) -> Iterator[list[dict[str, Any]]]:
    waiting = loaded(records)
    while some := list(islice(waiting, size)):
        yield some


def batch_of(some: Sequence[dict[str, Any]], analyzer: BulkAnalyzer, know: Topics, named: Named) -> Batch:
    """The records as the engine takes them; each gains `entities`: (entity id, numbers of its mentions)."""
    for record in some:
        record["entities"] = named.entities(record)
        record["story"] = named.stories.get(record["article"]["id"])
        if named.guess and not record["category"]:
            record["category"] = guessed(named.guess, record)
    return batch_from(some, analyzer, know)


def batch_from(some: Sequence[dict[str, Any]], analyzer: BulkAnalyzer, know: Topics) -> Batch:
    """Records that have their entities, as the engine takes them."""
    articles = [record["article"] for record in some]
    facets: dict[str, list[Sequence[str]]] = {name: [] for name in FACETS}
    for record, article in zip(some, articles, strict=True):
        facets["category"].append(know.topics(record["category"]))
        facets["entity"].append(tuple(entity for entity, _ in record["entities"]))
        facets["story"].append((record["story"],) if record.get("story") else ())
        for name in ("section", "source"):
            facets[name].append((article[name],) if article[name] else ())
        facets["language"].append(languages_of(record))
        facets["author"].append(tuple(dict.fromkeys(article["authors"])))
    times = [day_and_minute(article["published"]) for article in articles]
    fields = analyzer.columns(
        [article["title"] for article in articles],
        [article["body"] for article in articles],
        [languages_of(record) for record in some],
    )
    return Batch(
        ids=[article["id"] for article in articles],
        fields=fields,
        days=np.array([day for day, _ in times], np.int32),
        minutes=np.array([minute for _, minute in times], np.int16),
        facets=facets,
        stored=[encode_record(record) for record in some],
    )


def build(
    records: Sequence[Record], builder: Builder, analyzer: BulkAnalyzer, know: Topics, named: Named
) -> Iterator[int]:
    """Index all records; yields the number of articles after each batch."""
    if len(records) > MANY:
        forget()
    for some in batches(records):
        builder.add(batch_of(some, analyzer, know, named))
        yield len(some)
