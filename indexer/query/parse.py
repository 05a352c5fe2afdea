"""Text to tree: words by themselves, whatever has more to it by Whoosh's parser with our plugins.

Whoosh's parser takes as long to load as a search to answer, so mere words, the most frequent of queries, do without;
the tests hold both ways equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.query.mend import idle_operators, mend
from indexer.query.notes import Note
from indexer.query.tree import FIELDS, Group, Kind, Part, Ranged, Word
from indexer.settings import LimitSettings

_PLAIN = re.compile(r"(?:(?!(?:AND|OR|NOT)(?![^\W_]))[^\W_]+(?: +|\Z))*")
"""Nothing but letters and digits between spaces, and no operator."""
_APART = re.compile(r"(?<![0-9]),|,(?![0-9])|[;/\\|、，。！？；：…·]+")
"""Signs between words that were typed without a space; a comma between digits belongs to the number."""
_BOOST = re.compile(r"\^[0-9.]*$")
_FUZZY = re.compile(r"(?<=\w)~([0-9]*)$")
_INNER_MARK = re.compile(r"\w\?+\w")
"""A question mark stands for a letter only inside a word; elsewhere it ends a question, or was a quotation mark."""
_COMPARED = re.compile(r"(>=|<=|>|<)(.+)")
_FACETS = frozenset({"author", "entity", "category", "section", "source", "language", "id"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree (None: nothing was asked for), notes on what was mended, and the number of leaves."""

    part: Part | None
    notes: tuple[str, ...]


def parse(text: str, limits: LimitSettings) -> Parsed:
    """The tree of a query; whatever the text is, it is understood somehow."""
    mended, notes = mend(text, limits)
    kept, idle = idle_operators(mended)
    if idle and kept.strip(" ()"):
        notes.append(Note("operator-idle"))
    elif idle:
        kept = mended.lower()
    if _PLAIN.fullmatch(kept):
        part = Words(limits, notes).beside(kept.split())
    else:
        from indexer.query.syntax import Reader, process

        part = Reader(limits, notes).part(process(kept))
    return Parsed(part, tuple(dict.fromkeys(notes)))


class Words:
    """Turns words as typed into parts of the tree; counts leaves and stops at the limit."""

    def __init__(self, limits: LimitSettings, notes: list[str]) -> None:
        self.limits = limits
        self.notes = notes
        self.leaves = 0

    def full(self) -> bool:
        """Whether there is no room for another leaf; else there is one less."""
        if self.leaves >= self.limits.clauses:
            self.notes.append(Note("words-limit", number=self.limits.clauses))
            return True
        self.leaves += 1
        return False

    def beside(self, words: Iterable[str]) -> Part | None:
        """Words that stand side by side."""
        parts = [part for word in words if not self.full() and (part := self.word(word, None)) is not None]
        return Group(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def word(self, text: str, field: str | None) -> Part | None:
        name = text[:-1].lower() if text.endswith(":") else ""
        if name in FIELDS and field is None:
            self.notes.append(Note("field-alone", text=text))
            return None
        if field in _FACETS:
            return Word(text, "plain", 0, field)
        if field == "date":
            return _date(text)
        if _BOOST.search(text) and len(text) > 2:
            text = _BOOST.sub("", text)
            self.notes.append(Note("no-weights"))
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
        if text and not text.strip("*:"):
            return Word("*", "wildcard", 0, field) if "*" in text else None
        if text.startswith("=") and len(text) > 1:
            kind, text = "exact", text[1:]
        elif fuzzy:
            kind, distance, text = "fuzzy", min(int(fuzzy.group(1)[:3] or 0), 2), text[: fuzzy.start()]
            if fuzzy.group(1)[:3] not in ("", "0", "1", "2"):
                self.notes.append(Note("fuzzy-limit"))
        elif "*" in text or _INNER_MARK.search(text):
            kind, text = self._pattern(text.strip("?!.,"))
        if kind != "wildcard":
            text = text.lstrip("?!").rstrip("?!.,:") or text
        if not any(c.isalnum() or c in "*?" for c in text):
            if typed.strip("?"):  # a question mark that stands apart is no part of a query, and nothing to tell of
                self.notes.append(Note("signs", text=typed[:20]))
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
