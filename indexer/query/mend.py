"""Make any text that a person typed a query the parser can read, and say what was changed."""

from __future__ import annotations

import re
import unicodedata

from indexer.query.notes import Note
from indexer.settings import LimitSettings

_QUOTES = {ord(c): '"' for c in "„“”‟«»「」『』〝〞〟＂‹›"}
_FULL_WIDTH = {ord("（"): "(", ord("）"): ")", ord("："): ":", ord("\u3000"): " ", ord("＊"): "*", ord("～"): "~"}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_PROGRAMMERS = re.compile(r"(?<!\S)(?:&&|\|\|)(?!\S)")
_OPERATORS = re.compile(r"(?<![^\s()])(?:AND|OR|NOT)(?![^\s()])")


def mend(text: str, limits: LimitSettings) -> tuple[str, list[str]]:
    """The text with plain quotes, closed quotes and parentheses and no idle operators; and a note for each repair."""
    notes: list[str] = []
    if len(text) > limits.characters:
        head = text[: limits.characters]
        cut = head if text[limits.characters].isspace() else head.rpartition(" ")[0]
        text = cut or head
        notes.append(Note("cut", number=limits.characters))
    text = unicodedata.normalize("NFC", _CONTROLS.sub(" ", text)).translate(_QUOTES).translate(_FULL_WIDTH)
    text = _PROGRAMMERS.sub(lambda match: "AND" if match.group() == "&&" else "OR", text)
    if text.count('"') % 2:
        if text.rstrip().endswith('"'):
            text = text.rstrip()[:-1]
            notes.append(Note("quote-left-out"))
        else:
            text += '"'
            notes.append(Note("quote-closed"))
    parts = text.split('"')
    outside = _parentheses(parts[::2], limits.depth, notes)
    parts[::2] = outside
    return '"'.join(parts), notes


def _parentheses(outside: list[str], most: int, notes: list[str]) -> list[str]:
    """The pieces between quotations with every parenthesis paired and none deeper than `most`."""
    depth, unpaired, deep = 0, False, False
    kept: list[list[str]] = []
    for piece in outside:
        letters: list[str] = []
        for c in piece:
            if c == "(":
                depth += 1
                if depth > most:
                    deep = True
                    continue
            elif c == ")":
                if depth == 0:
                    unpaired = True
                    continue
                depth -= 1
                if depth >= most:
                    continue
            letters.append(c)
        kept.append(letters)
    if depth:
        kept[-1].append(")" * min(depth, most))
    if unpaired or depth:
        notes.append(Note("parentheses-mended"))
    if deep:
        notes.append(Note("parentheses-deep", number=most))
    return ["".join(letters) for letters in kept]


def idle_operators(text: str) -> tuple[str, bool]:
    """The text without operators that have nothing to join, and whether there were any."""
    pieces = text.split('"')
    if len(pieces) == 1 and not _OPERATORS.search(text):
        return text, False
    found = re.findall(r'"[^"]*"(?:~[0-9]+)?|[()]|[^\s()"]+|\s+', text)
    kept = _without_idle(found)
    return "".join(kept), len(kept) != len(found)


def _without_idle(pieces: list[str]) -> list[str]:
    """The pieces less each AND or OR that begins or ends a group, and each operator before a group's end."""
    kept: list[str] = []

    def last() -> str:
        return next((t for t in reversed(kept) if not t.isspace()), "(")

    def drop() -> None:
        while kept and (kept[-1].isspace() or kept[-1] in ("AND", "OR", "NOT", "-")):
            kept.pop()

    for piece in pieces:
        if piece in ("AND", "OR"):
            if last() in ("(", "AND", "OR", "NOT"):
                continue
        elif piece == ")" and last() in ("AND", "OR", "NOT", "-"):
            drop()
        kept.append(piece)
    if last() in ("AND", "OR", "NOT", "-"):
        drop()
    return kept
