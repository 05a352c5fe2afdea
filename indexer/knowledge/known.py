"""Records of the places and organisations that the tables know."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from corpus.languages import codes
from indexer.knowledge.base import EntityType
from indexer.knowledge.entities import Record
from indexer.knowledge.gazetteer import place_label, table_names
from indexer.knowledge.tables import table


def known_record(entity: str, rows: Counter[tuple[str, str]]) -> Record:
    """The record of an entity of the tables; `rows` counts its articles by (language, name as printed)."""
    kind: EntityType = "place" if entity.startswith("place:") else "organisation"
    record = Record(entity, kind)
    for (language, lemma), count in sorted(rows.items(), key=lambda item: (-item[1], item[0])):
        record.forms.setdefault(language, {})[lemma] = count
        record.labels.setdefault(language, lemma)
    for language, label in labels(entity).items():
        record.labels.setdefault(language, label)
    record.aliases.extend(table_names(entity))
    return record


@lru_cache(maxsize=32_768)
def labels(entity: str) -> dict[str, str]:
    """What the tables call an entity in each language."""
    name = entity.partition(":")[2]
    if entity.startswith("place:"):
        return {language: label for language in codes() if (label := place_label(name, language))}
    rows = table("organisations.yaml").get(name, {})
    return {language: str(names).split(";")[0].strip() for language, names in rows.items() if language != "*"}
