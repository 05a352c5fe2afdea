"""What joining names, telling stories and guessing topics need of one record: little beside the record itself."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date
from sys import intern
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.jsonbytes import dumped, loaded
from indexer.knowing import Topics
from indexer.knowledge.guess import bag_of
from indexer.knowledge.register import Name, names_of
from indexer.knowledge.sketches import sketch_of, words
from indexer.knowledge.stories import Told


class Brief(NamedTuple):
    """What is needed of one article.

    Attributes:
        names: the distinct names that are sure enough. provenance: of the file that it was read from last.
        sketch: as stories want it, None without stories. topic: the top topic that somebody sorted it to.
        bag: the words by which topics are guessed, as base64 of 32-bit hashes; empty when they are of no use.
    """

    id: str
    language: str
    source: str | None
    published: str | None
    names: list[Name]
    provenance: dict[str, Any]
    sketch: list[Any] | None = None
    topic: str | None = None
    bag: str = ""

    def told(self) -> Told:
        """The article as stories see it."""
        day, minute = day_and_minute(self.published)
        source = self.source and intern(self.source)  # the same in many articles
        return Told(self.id, intern(self.language), source, day, minute, self.published)

    def words(self) -> NDArray[np.uint32]:
        """The bag."""
        return np.frombuffer(b64decode(self.bag), "<u4")

    def encoded(self) -> bytes:
        return dumped(tuple(self))

    @classmethod
    def decoded(cls, data: bytes) -> Brief:
        """What `encoded` made."""
        brief = cls(*loaded(data))
        return brief._replace(names=[(kind, lang, text, known) for kind, lang, text, known in brief.names])


def brief_of(record: Mapping[str, Any], know: Topics) -> Brief:
    """The brief of a record under the settings."""
    article, index = record["article"], know.settings.index
    language = article["language"]
    said = ((kind, lemma, sure, entity) for _, _, _, kind, lemma, _, sure, entity, _ in record["mentions"])
    category, title, body = record["category"], article["title"], article["body"]
    topic = know.topics(category)[-1] if index.guess_categories and category and category[1] != "model" else None
    found = words(body) if index.stories or topic else []
    return Brief(
        article["id"],
        language,
        article["source"],
        article["published"],
        names_of(language, said, index.confidence),
        record["provenances"][-1],
        sketch_of(title, body, found).as_json() if index.stories else None,
        topic,
        b64encode(bag_of(title, body, found).astype("<u4").tobytes()).decode() if topic else "",
    )


def day_and_minute(published: str | None) -> tuple[int, int]:
    """The first day that a date may mean, as a proleptic ordinal (0: none), and the minute of that day (-1: none)."""
    if not published:
        return 0, -1
    try:
        parts = [int(part) for part in published[:10].split("-")]
        day = date(*[*parts, 1, 1][:3]).toordinal()
    except ValueError:
        return 0, -1
    clock = published[11:16]
    if len(clock) == 5 and clock[2] == ":":
        return day, int(clock[:2]) * 60 + int(clock[3:])
    return day, -1
