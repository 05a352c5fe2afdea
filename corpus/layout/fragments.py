"""Pages whose sentences were broken at each link and each word in bold, as by tools that write a line per text node.

`He told` / `the Courier` / `that it sank` / `, and left.` is one sentence on four lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

Row = tuple[int, str]
"""Number of a line in the input, from 1, and the line; broken ones are together, with their line ends inside."""

_CLOSES = re.compile(
    r"\s*[,.;:!?)\]%…”’»،؛؟，。、；：！？）」』](?:[\s\W]|$|s\b)|\s*[，。、；：！？）」』]|\s*\"(?:[\s,.]|$)"
)
_OPEN = re.compile(r"[^.!?…:;|\"”»。！？：؟\s]\s*$")
_TO_COME = re.compile(r"[,(\[“„«，、（「『،]\s*$")
_NO_TITLE = re.compile(r"\n|,\s|[.!?]\s+[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_MARK = re.compile(r"\s*(?:[*+•·‣▪■●○◦▶►#>|]|[-–—]\s|o\s+[A-ZÀ-Þ\d])")
_LEAST = 4
"""So many lines that cannot be the beginning of anything show that a page was broken so."""
_SHARE = 0.04
_LONG, _RUNNING, _SENTENCE, _LINK = 4, 6, 15, 10
_MOST_LINES = 60


def mended(rows: Sequence[Row], stop_words: Collection[str]) -> list[Row]:
    """The rows of a page with its broken sentences on one row each; rows as they are where it was not broken so."""
    filled = sum(bool(text.strip()) for _, text in rows)
    broken = sum(_is_broken(before, after) for (_, before), (_, after) in pairwise(rows))
    if broken < max(_LEAST, _SHARE * filled):
        return list(rows)
    found: list[Row] = []
    held = 0
    for index, (number, text) in enumerate(rows):
        after = rows[index + 1][1] if index + 1 < len(rows) else ""
        if found and held < _MOST_LINES and _goes_on(found[-1][1], text, after, stop_words):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{text}")
            held += 1
        else:
            found.append((number, text))
            held = 0
    return found


def _is_broken(before: str, after: str) -> bool:
    """Whether a line goes on with what no line begins with."""
    if not before.strip() or not after.strip() or _MARK.match(after):
        return False
    long = len(before.split()) >= _LONG or len(after.split()) >= _LONG
    return bool(_CLOSES.match(after) or (long and _is_small(after) and _OPEN.search(before)))


def _is_small(text: str) -> bool:
    """Whether a line begins with a small letter, and not with a name such as `iPhone` or an address."""
    text = text.lstrip()
    return text[:1].islower() and not text[1:2].isupper() and "://" not in text[:12] and not text.startswith("www.")


def _goes_on(before: str, text: str, after: str, stop_words: Collection[str]) -> bool:
    if not before.strip() or not text.strip() or _MARK.match(text):
        return False
    if _CLOSES.match(text):
        return True
    words, last = _WORD.findall(before), before.rpartition("\n")[2]
    running = "\n" in before or len(words) >= _RUNNING
    if _TO_COME.search(last):
        return running
    if not _OPEN.search(last):
        return False
    if _is_small(text):
        return running or (not _is_small(before) and _runs(text, stop_words))
    if running and words and words[-1].casefold() in stop_words:
        return True
    sentence = len(words) >= _SENTENCE or (running and bool(_NO_TITLE.search(before)))
    link = sentence and len(text.split()) <= _LINK and sum(word.casefold() in stop_words for word in words) >= 2
    return link and (bool(_CLOSES.match(after)) or (_is_small(after) and bool(_OPEN.search(text))))


def _runs(text: str, stop_words: Collection[str]) -> bool:
    words = _WORD.findall(text.casefold())
    return len(words) >= _RUNNING or any(word in stop_words for word in words)
