"""A language pack as plain values that JSON holds, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any

from corpus.languages.pack import Datelines, Dates, EntityWords, LanguagePack, Layout, Sections

_PARTS: dict[str, type[Any]] = {
    "dates": Dates, "layout": Layout, "datelines": Datelines, "sections": Sections, "entities": EntityWords,
}  # fmt: skip


def as_plain(pack: LanguagePack) -> dict[str, Any]:
    """Lists, mappings from text, text and truth; what `from_plain` makes the same pack of."""
    return {field.name: _plain(getattr(pack, field.name)) for field in fields(pack)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_key(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _key(key: Any) -> str:
    return f"{key[0]} {key[1]}" if isinstance(key, tuple) else str(key)


def from_plain(plain: Mapping[str, Any]) -> LanguagePack:
    """The pack that these values were made of."""
    values = {name: _frozen(value) for name, value in plain.items() if name not in _PARTS}
    values |= {name: kind(**_section(plain[name])) for name, kind in _PARTS.items()}
    values["stop_words"] = frozenset(plain["stop_words"])
    return LanguagePack(**values)


def _section(plain: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: _frozen(value) for name, value in plain.items()}
    for name, key_of in _KEYED.items():
        if name in plain:
            values[name] = MappingProxyType({key_of(key): tuple(words) for key, words in plain[name].items()})
    return values


def _span(key: str) -> tuple[int, str]:
    number, unit = key.split(" ", 1)
    return int(number), unit


_KEYED: dict[str, Callable[[str], Any]] = {"numbers": int, "spans": _span}
"""Mappings of `Dates` whose keys are no text → what reads a key."""


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(one) for key, one in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
