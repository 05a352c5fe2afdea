"""Read a language pack from YAML and check it; every fault is told with file, line and column.

A list of words may be a YAML list or one text: stop words are parted by white space, all other lists by commas.
Scalars are taken as written, so that `no`, `on` and `1.5` stay words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.errors import ConfigurationError
from corpus.languages.pack import Datelines, Dates, EntityWords, LanguagePack, Layout, Sections, Words
from corpus.yamlfile import compose

SCRIPTS = ("Latin", "Cyrillic", "Han", "Japanese", "Arabic", "Greek", "Hebrew", "Devanagari", "Hangul", "Thai", "Other")
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_TOPIC = re.compile(r"medtop:[0-9]{8}")
_ISO = re.compile(r"[a-z]{2,3}")


class _Place:
    """One YAML node of one file, with the readers that check it."""

    __slots__ = ("node", "path")

    def __init__(self, path: Path, node: Any) -> None:
        self.path = path
        self.node = node

    def fault(self, message: str) -> ConfigurationError:
        mark = self.node.start_mark
        return ConfigurationError(f"{self.path}:{mark.line + 1}:{mark.column + 1}: {message}")

    def text(self) -> str:
        if self.node.id != "scalar":
            raise self.fault("expected one value, found a list or mapping")
        return unicodedata.normalize("NFC", str(self.node.value)).strip()

    def items(self) -> Iterator[tuple[str, _Place, _Place]]:
        """Key, the key's place and the value's place of a mapping; a repeated key is a fault."""
        if self.node.id == "scalar" and not self.node.value:
            return
        if self.node.id != "mapping":
            raise self.fault("expected a mapping (key: value)")
        seen: set[str] = set()
        for key_node, value_node in self.node.value:
            where = _Place(self.path, key_node)
            key = where.text()
            if key in seen:
                raise where.fault(f"{key!r} is given twice")
            seen.add(key)
            yield key, where, _Place(self.path, value_node)

    def words(self, *, spaced: bool = False, fold: bool = True) -> Words:
        """A list of words or phrases, in order, without repeats."""
        if self.node.id == "sequence":
            parts = [_Place(self.path, child).text() for child in self.node.value]
        else:
            text = self.text()
            parts = text.split() if spaced else text.split(",")
        cleaned = [" ".join(part.split()) for part in (map(str.casefold, parts) if fold else parts)]
        return tuple(dict.fromkeys(filter(None, cleaned)))

    def one_of(self, allowed: tuple[str, ...]) -> str:
        value = self.text()
        if value not in allowed:
            raise self.fault(f"{value!r} is not one of {', '.join(allowed)}")
        return value


def _section(place: _Place, kind: type[Any], readers: Mapping[str, Callable[[_Place], Any]], fold: bool) -> Any:
    """Build one dataclass of the pack; keys without a reader of their own are lists of words."""
    known = {field.name for field in fields(kind)}
    values: dict[str, Any] = {}
    for key, where, value in place.items():
        if key not in known:
            raise where.fault(f"unknown key {key!r}; known here: {', '.join(sorted(known))}")
        reader = readers.get(key)
        values[key] = reader(value) if reader else value.words(fold=fold)
    return kind(**values)


def _numbered(count: int) -> Callable[[_Place], tuple[Words, ...]]:
    """A reader of rows keyed 1 to `count`, all of them or none."""

    def read(place: _Place) -> tuple[Words, ...]:
        rows: dict[int, Words] = {}
        for key, where, value in place.items():
            if not key.isdecimal() or not 1 <= int(key) <= count:
                raise where.fault(f"{key!r} is not a number from 1 to {count}")
            rows[int(key)] = value.words()
            if not rows[int(key)]:
                raise value.fault("an empty row; give at least one word")
        if rows and len(rows) != count:
            missing = next(number for number in range(1, count + 1) if number not in rows)
            raise place.fault(f"row {missing} of {count} is missing")
        return tuple(rows[number] for number in sorted(rows))

    return read


def _units(place: _Place) -> Mapping[str, Words]:
    units: dict[str, Words] = {}
    for key, where, value in place.items():
        if key not in UNITS:
            raise where.fault(f"{key!r} is not one of {', '.join(UNITS)}")
        units[key] = value.words()
    return MappingProxyType(units)


def _numbers(place: _Place) -> Mapping[int, Words]:
    """`2: two` and so on."""
    numbers: dict[int, Words] = {}
    for key, where, value in place.items():
        if not key.isdecimal():
            raise where.fault(f"{key!r} is not a number")
        numbers[int(key)] = value.words()
    return MappingProxyType(numbers)


def _spans(place: _Place) -> Mapping[tuple[int, str], Words]:
    """`2 hour: ساعتين`: words that hold number and unit at once."""
    spans: dict[tuple[int, str], Words] = {}
    for key, where, value in place.items():
        number, _, unit = key.partition(" ")
        if not number.isdecimal() or unit not in UNITS:
            raise where.fault(f"{key!r} is not a number and a unit, such as `2 hour`")
        spans[int(number), unit] = value.words()
    return MappingProxyType(spans)


def _ago(place: _Place) -> Words:
    patterns = place.words()
    for pattern in patterns:
        if "{n}" not in pattern or "{unit}" not in pattern:
            raise place.fault(f"{pattern!r} must hold both {{n}} and {{unit}}")
    return patterns


def _sections(place: _Place) -> Sections:
    """`medtop:11000000: Politik, Innenpolitik`, and `none: Regionen` for sections that are no topic."""
    topics: dict[str, str | None] = {}
    for key, where, value in place.items():
        if key != "none" and not _TOPIC.fullmatch(key):
            raise where.fault(f"{key!r} is neither a Media Topic (medtop:11000000) nor none")
        for name in value.words():
            if name in topics:
                raise value.fault(f"section {name!r} already has the topic {topics[name] or 'none'}")
            topics[name] = None if key == "none" else key
    return Sections(MappingProxyType(topics))


def _folding(place: _Place) -> Mapping[str, str]:
    return MappingProxyType({key.casefold(): value.text().casefold() for key, _, value in place.items()})


def _romanisation(place: _Place) -> Mapping[str, Words]:
    """Letter group → readings; a lone `-` stands for silence."""
    readings: dict[str, Words] = {}
    for key, where, value in place.items():
        given = value.words()
        if not given:
            raise where.fault(f"{key!r} has no reading; write - for a silent letter")
        readings[key.casefold()] = tuple("" if reading == "-" else reading for reading in given)
    return MappingProxyType(readings)


def _truth(place: _Place) -> bool:
    return place.one_of(("true", "false")) == "true"


def _iso(place: _Place) -> str:
    value = place.text()
    if not _ISO.fullmatch(value):
        raise place.fault(f"{value!r} is not an ISO 639 code of two or three small letters")
    return value


def _stemmer(place: _Place) -> str | None:
    value = place.text()
    return None if value in ("", "null", "~") else value


_READERS: dict[str, Callable[[_Place], Any]] = {
    "iso": _iso,
    "name": _Place.text,
    "script": lambda place: place.one_of(SCRIPTS),
    "direction": lambda place: place.one_of(("ltr", "rtl")),
    "cjk": _truth,
    "locale": _Place.text,
    "stemmer": _stemmer,
    "stop_words": lambda place: frozenset(place.words(spaced=True)),
    "dates": lambda place: _section(
        place,
        Dates,
        {
            "months": _numbered(12),
            "weekdays": _numbered(7),
            "units": _units,
            "numbers": _numbers,
            "spans": _spans,
            "ago": _ago,
            "order": lambda value: value.one_of(("dmy", "mdy", "ymd")),
        },
        fold=True,
    ),
    "layout": lambda place: _section(place, Layout, {}, fold=True),
    "datelines": lambda place: _section(place, Datelines, {}, fold=False),
    "sections": _sections,
    "entities": lambda place: _section(place, EntityWords, {}, fold=False),
    "folding": _folding,
    "romanisation": _romanisation,
}


def load_pack(path: str | Path) -> LanguagePack:
    """Read and check one pack. Raises `ConfigurationError` naming file, line and column of the first fault."""
    path = Path(path)
    root = compose(path, "pack")
    if root is None:
        raise ConfigurationError(f"{path}:1:1: the language pack is empty; it needs at least iso and name")
    place = _Place(path, root)
    values: dict[str, Any] = {}
    for key, where, value in place.items():
        reader = _READERS.get(key)
        if reader is None:
            raise where.fault(f"unknown key {key!r}; known: {', '.join(_READERS)}")
        values[key] = reader(value)
    for needed in ("iso", "name"):
        if not values.get(needed):
            raise place.fault(f"{needed!r} is missing")
    return LanguagePack(**values)
