"""The known names of places and organisations: every name in one language with what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.knowledge.base import EntityType
from indexer.knowledge.tables import table

SURE, CITY_SIZES = 0.95, ((1_000_000, 0.92), (300_000, 0.85), (100_000, 0.75), (0, 0.45))
OTHER_NAME = 0.1
SMALL = 100_000  # smaller cities are known only to the languages of their country
MANY_NAMES_FROM = 2_000_000  # names in Latin letters beside the main one come in many languages: taken for large cities
LATIN = frozenset({"de", "en", "es", "fr", "it", "pt", "nl", "pl"})
HOMES = {
    "de": "DE AT CH LI LU",
    "en": "GB IE US CA AU NZ ZA",
    "es": "ES MX AR CL CO PE VE UY EC BO PY CR CU DO GT HN NI PA SV",
    "fr": "FR BE CH LU CA MC",
    "it": "IT CH SM",
    "pt": "PT BR AO MZ",
    "nl": "NL BE SR",
    "pl": "PL",
    "ru": "RU BY UA KZ",
    "be": "BY",
    "uk": "UA",
    "zh": "CN TW SG",
    "ja": "JP",
    "ar": "EG SA IQ SY JO LB AE MA DZ TN LY SD YE OM QA KW BH PS",
}


_BY_RIVER = re.compile(r" (?:am|an der|im|bei|ob der|in der|upon|nad|aan den) .*|-(?:на|upon|sur|on)-.*")


class Known(NamedTuple):
    """A known name: the entity, its type, the name as printed in the language, how sure a bare mention is."""

    id: str
    type: EntityType
    name: str
    confidence: float


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def known_names(language: str, script: str) -> Iterator[tuple[str, Known]]:
    """(written form, what it names), the likelier meaning of a form first."""
    yield from _organisations(language, script)
    yield from _other_places(language, script)
    yield from _territories(language)
    yield from _cities(language, script)


def _organisations(language: str, script: str) -> Iterator[tuple[str, Known]]:
    for row_id, row in table("organisations.yaml").items():
        own = _split(row.get(language)) or _split(row.get("en") if script == "Latn" else None)
        label = own[0] if own else ""
        for name in dict.fromkeys(
            (*own, *(_split(row.get("*"))), *(_split(row.get("en")) if script != "Latn" else ()))
        ):
            yield name, Known(f"organisation:{row_id}", "organisation", label or name, SURE)


def _split(text: str | None) -> list[str]:
    return [name.strip() for name in str(text).split(";") if name.strip()] if text else []


def _other_places(language: str, script: str) -> Iterator[tuple[str, Known]]:
    sizes = _city_rows()
    for place, row in table("place_names.yaml").items():
        names = _names(row.get(language, "")) + _names(row.get("*", "") if script == "Latn" else "")
        label = place_label(place, language)
        sure = SURE if place not in sizes else max(0.85, _sure(sizes[place][2]))
        for name in names:
            yield name, Known(f"place:{place}", "place", label or names[0], sure)


def _territories(language: str) -> Iterator[tuple[str, Known]]:
    for code, row in table("places.json")["territories"].items():
        for name in row.get(language, ()):
            yield name, Known(f"place:{code}", "place", row[language][0], SURE)


def _cities(language: str, script: str) -> Iterator[tuple[str, Known]]:
    later: list[tuple[str, Known]] = []
    homes = HOMES.get(language, "").split()
    for identity, _, population, country, labels, names in table("places.json")["cities"]:
        if population < SMALL and country not in homes and language not in labels:
            continue
        sure = _sure(population)
        label = place_label(identity, language) or ""
        if language in labels:
            yield labels[language], Known(f"place:{identity}", "place", label, max(sure, 0.85))
        own = names.get(script, ())
        if script == "Latn" and population < MANY_NAMES_FROM:
            own = own[:1]
        for name in own:
            likely = sure if name == own[0] else sure - OTHER_NAME
            later.append((name, Known(f"place:{identity}", "place", label or name, likely)))
        if own and (short := _BY_RIVER.sub("", own[0])) != own[0]:
            later.append((short, Known(f"place:{identity}", "place", label or own[0], sure - OTHER_NAME)))
    yield from later


def _sure(population: int) -> float:
    return next(sure for size, sure in CITY_SIZES if population >= size)


@lru_cache(maxsize=1)
def _city_rows() -> dict[str, Any]:
    return {row[0]: row for row in table("places.json")["cities"]}


def place_label(place: str, language: str) -> str | None:
    """The name of a place (`BY`, `minsk-by`) in a language, where the tables have one."""
    territory = table("places.json")["territories"].get(place)
    if territory:
        own = territory.get(language)
        return str(own[0]) if own else None
    other = table("place_names.yaml").get(place, {})
    if language in other:
        return _names(other[language])[0]
    if "*" in other and language in LATIN:
        return _names(other["*"])[0]
    row = _city_rows().get(place)
    if row is None:
        return None
    if language in row[4]:
        return str(row[4][language])
    return str(row[5]["Latn"][0]) if language == "en" and row[5].get("Latn") else None


def table_names(entity_id: str) -> tuple[str, ...]:
    """Every name that the tables have for a place or organisation, in any language."""
    kind, _, name = entity_id.partition(":")
    if kind == "organisation":
        rows = [_split(text) for text in table("organisations.yaml").get(name, {}).values()]
        return tuple(dict.fromkeys(one for row in rows for one in row))
    rows = [list(names) for names in table("places.json")["territories"].get(name, {}).values()]
    rows += [_names(text) for text in table("place_names.yaml").get(name, {}).values()]
    city = _city_rows().get(name)
    if city is not None:
        _, _, _, _, labels, names = city
        rows += [list(labels.values()), [own[0] for own in names.values()]]
    return tuple(dict.fromkeys(one for row in rows for one in row))
