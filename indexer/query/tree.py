"""What a person asked for, before any language comes in: words, phrases, fields and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FIELDS = {
    "title": "title", "body": "body", "text": "body",
    "author": "author", "by": "author", "entity": "entity", "name": "entity", "category": "category",
    "topic": "category", "section": "section", "source": "source", "lang": "language", "language": "language",
    "date": "date", "id": "id",
}  # fmt: skip
"""Field names as typed → as meant."""

Kind = Literal["plain", "exact", "prefix", "wildcard", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, without its signs; `distance` counts edits of a fuzzy one (0: by its length)."""

    text: str
    kind: Kind = "plain"
    distance: int = 0
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotes, in this order; with `near` in any order, that many other words between them."""

    text: str
    near: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Ranged:
    """`[start TO end]`; an empty end is open, `open_start` and `open_end` say that the ends do not count."""

    start: str
    end: str
    open_start: bool = False
    open_end: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by AND, by OR, or by mere standing side by side (`""`)."""

    parts: tuple[Part, ...]
    join: Literal["AND", "OR", ""] = ""


@dataclass(frozen=True, slots=True)
class Without:
    """What must not match."""

    part: Part


@dataclass(frozen=True, slots=True)
class Must:
    """What must match where any word is enough (`+word`)."""

    part: Part


Part = Word | Quoted | Ranged | Group | Without | Must


def shown(part: Part, *, inner: bool = False) -> str:
    """The query as it was understood, in its own language."""
    if isinstance(part, Group):
        text = {"": " ", "AND": " AND ", "OR": " OR "}[part.join].join(shown(p, inner=True) for p in part.parts)
        return f"({text})" if inner and len(part.parts) > 1 else text
    if isinstance(part, Without):
        return f"-{shown(part.part, inner=True)}"
    if isinstance(part, Must):
        return f"+{shown(part.part, inner=True)}"
    field = f"{part.field}:" if part.field else ""
    if isinstance(part, Quoted):
        return f'{field}"{part.text}"' + (f"~{part.near}" if part.near is not None else "")
    if isinstance(part, Ranged):
        left, right = "{" if part.open_start else "[", "}" if part.open_end else "]"
        return f"{field}{left}{' '.join(filter(None, (part.start, 'TO', part.end)))}{right}"
    signs = {"exact": ("=", ""), "prefix": ("", "*"), "fuzzy": ("", f"~{part.distance or ''}")}
    before, after = signs.get(part.kind, ("", ""))
    return f"{field}{before}{part.text}{after}"
