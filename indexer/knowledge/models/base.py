"""What every model gives: spans with types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, Protocol

from indexer.knowledge.base import EntityType
from indexer.knowledge.tables import table


class Span(NamedTuple):
    """A name in a text; `lemma` is the name as printed where the engine knows it, else empty."""

    type: EntityType
    start: int
    end: int
    lemma: str = ""


class Tagger(Protocol):
    """A loaded model."""

    name: str
    """Of the engine: `natasha`, `spacy`."""

    def spans(self, text: str) -> list[Span]:
        """The names in a text by their offsets, never overlapping."""
        ...


@cache
def types() -> Mapping[str, EntityType]:
    """A model's label → what it is to newsdex."""
    return {label: kind for kind, labels in table("models.yaml")["labels"].items() for label in labels.split()}


def confidence(engine: str, kind: EntityType) -> float:
    """How sure a mention of an engine is taken to be (0 to 1)."""
    return float(table("models.yaml")["confidence"][engine][kind])
