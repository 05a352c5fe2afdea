"""Text to tree, by Whoosh's parser with our plugins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from whoosh.qparser import QueryParser, plugins, syntax

from indexer.query import plugins as ours
from indexer.query.mend import idle_operators, mend
from indexer.query.tree import Group, Kind, Must, Part, Quoted, Ranged, Without, Word
from indexer.settings import LimitSettings

_APART = re.compile(r"(?<![0-9]),|,(?![0-9])|[;/\\|、，。！？；：…·]+")
"""Signs between words that were typed without a space; a comma between digits belongs to the number."""
_BOOST = re.compile(r"\^[0-9.]*$")
_FUZZY = re.compile(r"(?<=\w)~([0-9]*)$")
_INNER_MARK = re.compile(r"\w\?+\w")
"""A question mark stands for a letter only inside a word; elsewhere it ends a question."""
_COMPARED = re.compile(r"(>=|<=|>|<)(.+)")
_FACETS = frozenset({"author", "entity", "category", "section", "source", "language", "id"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree (None: nothing was asked for), notes on what was mended, and the number of leaves."""

    part: Part | None
    notes: tuple[str, ...]


@lru_cache(maxsize=1)
def _parser() -> QueryParser:
    return QueryParser(
        None,
        None,
        plugins=[ours.TextPlugin(), ours.fields(), plugins.GroupPlugin(), ours.operators()],
        group=ours.Beside,
    )


def parse(text: str, limits: LimitSettings) -> Parsed:
    """The tree of a query; whatever the text is, it is understood somehow."""
    mended, notes = mend(text, limits)
    kept, idle = idle_operators(mended)
    if idle and kept.strip(" ()"):
        notes.append("An operator with nothing to join was left out.")
    elif idle:
        kept = mended.lower()
    reader = _Reader(limits, notes)
    part = reader.part(_parser().process(kept))
    return Parsed(part, tuple(dict.fromkeys(notes)))


class _Reader:
    """Turns Whoosh's syntax nodes into our tree; counts leaves and stops at the limit."""

    def __init__(self, limits: LimitSettings, notes: list[str]) -> None:
        self.limits = limits
        self.notes = notes
        self.leaves = 0

    def part(self, node: Any) -> Part | None:
        if isinstance(node, syntax.NotGroup):
            return self._wrapped(node, Without)
        if isinstance(node, ours.Must):
            return self._wrapped(node, Must)
        if isinstance(node, syntax.GroupNode):
            return self._group(node)
        if self.leaves >= self.limits.clauses:
            self.notes.append(f"Only the first {self.limits.clauses} words of the query were used.")
            return None
        self.leaves += 1
        field = ours.FIELDS.get((getattr(node, "fieldname", None) or "").lower())
        if isinstance(node, ours.QuotedNode):
            return self._quoted(node, field)
        if isinstance(node, syntax.RangeNode):
            return Ranged(node.start, node.end, node.startexcl, node.endexcl, field)
        return self._word(node.text, field) if isinstance(node, syntax.TextNode) else None

    def _wrapped(self, node: Any, kind: type[Without] | type[Must]) -> Part | None:
        inner = self.part(node[0]) if len(node) else None
        return kind(inner) if inner is not None else None

    def _group(self, node: Any) -> Part | None:
        parts = [part for part in map(self.part, node) if part is not None]
        if len(parts) < 2:
            return parts[0] if parts else None
        if isinstance(node, syntax.OrGroup):
            return Group(tuple(parts), "OR")
        return Group(tuple(parts), "" if isinstance(node, ours.Beside) else "AND")

    def _quoted(self, node: Any, field: str | None) -> Part | None:
        text = " ".join(node.text.split())
        if not text:
            self.notes.append("Empty quotation marks were left out.")
            return None
        near = node.near
        if near is not None and near > self.limits.window:
            self.notes.append(f"Words may be at most {self.limits.window} words apart.")
            near = self.limits.window
        return Quoted(text, near, field)

    def _word(self, text: str, field: str | None) -> Part | None:
        name = text[:-1].lower() if text.endswith(":") else ""
        if name in ours.FIELDS and field is None:
            self.notes.append(f"{text} has no word behind it and was left out.")
            return None
        if field in _FACETS:
            return Word(text, "plain", 0, field)
        if field == "date":
            return _date(text)
        if _BOOST.search(text) and len(text) > 2:
            text = _BOOST.sub("", text)
            self.notes.append("Weights such as ^2 are not known and were left out.")
        words = tuple(word for word in self._apart(text, field))
        self.leaves += max(0, len(words) - 1)
        if len(words) < 2:
            return words[0] if words else None
        return Group(words)

    def _apart(self, text: str, field: str | None) -> Iterator[Part]:
        for piece in _APART.split(text) if _APART.search(text) else (text,):
            word = self._one(piece, field)
            if word is not None:
                yield word

    def _one(self, text: str, field: str | None) -> Part | None:
        kind: Kind = "plain"
        typed = text
        distance = 0
        fuzzy = _FUZZY.search(text)
        if text.startswith("=") and len(text) > 1:
            kind, text = "exact", text[1:]
        elif fuzzy:
            kind, distance, text = "fuzzy", min(int(fuzzy.group(1)[:3] or 0), 2), text[: fuzzy.start()]
            if fuzzy.group(1)[:3] not in ("", "0", "1", "2"):
                self.notes.append("Fuzzy words may differ by at most 2 letters.")
        elif "*" in text or _INNER_MARK.search(text):
            kind, text = self._pattern(text.strip("?!.,"))
        if kind != "wildcard":
            text = text.lstrip("?!").rstrip("?!.,:") or text
        if not any(c.isalnum() or c in "*?" for c in text):
            if typed:
                self.notes.append(f"Signs without letters ({typed[:20]}) were left out.")
            return None
        return Word(text, kind, distance, field)

    def _pattern(self, text: str) -> tuple[Kind, str]:
        text = re.sub(r"\*+", "*", text)
        if text.endswith("*") and "*" not in text[:-1] and "?" not in text:
            return "prefix", text[:-1]
        return "wildcard", text


def _date(text: str) -> Part:
    """`date:2024-06`, `date:>=2024-06-24`, `date:2024-03..2024-05`."""
    compared = _COMPARED.fullmatch(text)
    if compared:
        sign, value = compared.groups()
        if sign[0] == ">":
            return Ranged(value, "", sign == ">", False, "date")
        return Ranged("", value, False, sign == "<", "date")
    start, dots, end = text.partition("..")
    return Ranged(start, end, False, False, "date") if dots else Word(text, "plain", 0, "date")
