"""Ids of entities: readable, and new ones never those of others."""

from __future__ import annotations

import re
import unicodedata

from indexer.knowledge.base import EntityType
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.readings import romanised


def new_id(kind: EntityType, forms: dict[str, dict[str, int]], taken: set[str], previous: EntityTable) -> str:
    rows = [
        (language != "en", -count, language, name) for language, row in forms.items() for name, count in row.items()
    ]
    latin = sorted(row for row in rows if script_of(row[3]) == "Latn") or sorted(rows)
    base = slug(latin[0][3], latin[0][2]) or "unnamed"
    candidate, number = f"{kind}:{base}", 2
    while candidate in taken or candidate in previous.records or candidate in previous.replaced:
        candidate, number = f"{kind}:{base}-{number}", number + 1
    return candidate


def slug(name: str, language: str = "") -> str:
    """A name as part of an id: small ASCII letters and hyphens, other scripts as they are read."""
    if script_of(name) != "Latn":
        name = " ".join(romanised(part, language) for part in re.findall(r"[^\W\d_]+", name))
    plain = unicodedata.normalize("NFKD", fold(name))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)).lower()).strip("-")
