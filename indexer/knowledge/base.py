"""What an article is about: the words that knowledge and everything behind it share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

EntityType = Literal["person", "place", "organisation"]
CategoryOrigin = Literal["declared", "rule", "model", "authority"]


class Mention(NamedTuple):
    """A span of a text that names somebody or something.

    Attributes:
        text: as written, `text[start:end]` of the field.
        field: `title`, `body` or `dateline`.
        type: what it names.
        lemma: the name as one would print it (case endings undone).
        origin, confidence: which rule or model found it, and how sure it is (0 to 1).
        entity: id of the entity when a table of known names says it at once, else empty.
        cue: the office or title that stood before the name, folded, else empty.
    """

    text: str
    start: int
    end: int
    field: str
    type: EntityType
    lemma: str
    origin: str
    confidence: float = 1.0
    entity: str = ""
    cue: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end, "field": self.field}


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something meant.

    Attributes:
        id: `person:…`, `place:…` or `organisation:…`; the same in every run for the same names.
        labels: language → the name as printed there.
        aliases: every form that names it.
        links: authority → identifier (`wikidata` → `Q…`).
    """

    id: str
    type: EntityType
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """The label in the language, else in English, else any."""
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()), self.id)


@dataclass(frozen=True, slots=True)
class Category:
    """A Media Topic given to an article, who said so and how sure it is."""

    code: str
    origin: CategoryOrigin
    confidence: float = 1.0
