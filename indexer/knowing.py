"""What is known of an article, between knowledge and everything that stores or shows it.

A record of the archive holds an article's category as `[code, origin, confidence]` and its mentions as rows
`[field, start, end, type, lemma, origin, confidence, entity, cue]`; the text of a mention is that of its span. Its
sketch, from which stories are told, is `[32-bit hashes in base64, numbers]`. An article of which parts are in other
languages has `also_in`, language → share of the text.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import DamagedArchiveError
from corpus.jsonbytes import dumped, loaded
from indexer.engines.base import Searcher
from indexer.knowledge.base import Mention
from indexer.knowledge.categories import Categories
from indexer.knowledge.entities import EntityTable
from indexer.settings import Settings

ENTITIES = "entities.json"
STORIES = "stories.json"
COMPOUNDS = "compounds.json"
KNOWN = "known.npz"

EVERY_HOUSE = "*"
"""The source under which `Categories` keeps the sections of all houses."""


class Topics:
    """The tree of topics, with the sections that the settings map to it."""

    def __init__(self, settings: Settings) -> None:
        tables = {source.name: source.sections for source in settings.sources if source.name and source.sections}
        if settings.sections:
            tables[EVERY_HOUSE] = settings.sections
        self.settings = settings
        self.categories = Categories(tables)

    def topics(self, category: Sequence[Any] | None) -> tuple[str, ...]:
        """The values of the category facet: the topic and all above it."""
        return self.categories.ancestors(category[0]) if category else ()


def encode_record(record: Mapping[str, Any]) -> bytes:
    """A record as spools and engines keep it: JSON in which lone surrogates survive."""
    return dumped(record)


def decode_record(data: bytes) -> dict[str, Any]:
    """What `encode_record` wrote."""
    record: dict[str, Any] = loaded(data)
    return record


def languages_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages of a record's article, its own first."""
    return (record["article"]["language"], *record.get("also_in", ()))


STEP = 1024
"""Records read from an index at once."""


def stored_records(searcher: Searcher, leaving: Container[str] = ()) -> Iterator[list[dict[str, Any]]]:
    """All records of an index but those of these articles, some at a time."""
    ids = [one for one in searcher.ids() if one not in leaving]
    for begin in range(0, len(ids), STEP):
        docs = [doc for one in ids[begin : begin + STEP] if (doc := searcher.doc(one)) is not None]
        yield [decode_record(data) for data in searcher.stored(docs)]


def mentions_of(record: Mapping[str, Any]) -> list[Mention]:
    """The mentions of a record."""
    article = record["article"]
    dateline = article.get("dateline") or {}
    texts = {"title": article["title"], "body": article["body"], "dateline": dateline.get("place") or ""}
    return [
        Mention(
            text=texts[field][start:end], start=start, end=end, field=field, type=kind, lemma=lemma, origin=origin,
            confidence=confidence, entity=entity, cue=cue,
        )
        for field, start, end, kind, lemma, origin, confidence, entity, cue in record["mentions"]
    ]  # fmt: skip


def load_entities(generation: Path) -> EntityTable:
    """The entities of a generation, before corrections."""
    return EntityTable.load(generation / ENTITIES)


def load_stories(generation: Path) -> dict[str, list[list[Any]]]:
    """Story id → `[article id, kind, score, language, source, published]` of its members, the earliest first.

    A generation without stories has none.

    Raises:
        DamagedArchiveError: the file cannot be read.
    """
    path = generation / STORIES
    try:
        stories: dict[str, list[list[Any]]] = loaded(path.read_bytes()) if path.exists() else {}
    except (OSError, ValueError) as error:
        raise DamagedArchiveError(f"{path}: {error}. Run `newsdex repair` or `newsdex rebuild`.") from error
    return stories
