"""Runs of capitalised words in Latin and Cyrillic texts: where the names are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.knowledge.tables import cues

_UPPER = "A-Z" + "".join(chr(c) for c in (*range(0xC0, 0x250), *range(0x400, 0x530)) if chr(c).isupper())


_JOINED = r"(?:(?:['’ʼ‘](?![sS]\b)|[-‑])\w+)*"
"""How a word goes on behind an apostrophe or a hyphen."""


@cache
def pattern() -> re.Pattern[str]:
    """A capitalised word, or initials with their dots; a run of them with connectors between."""
    # the capital stands first, so that whatever is none is passed over at once
    rest = rf"(?:\.-?(?:[{_UPPER}]\.-?){{0,3}}|\w*{_JOINED})"
    connector = "|".join(sorted({*cues("connectors"), "&"} - {"y", "i", "e"}, key=lambda c: (-len(c), c)))
    gap = rf"(?:(?<=\bSt)\. |[ \xa0](?:(?:{connector})[ \xa0]){{0,2}}|(?<=\.))(?=[{_UPPER}])"
    sons, articles = ("|".join(cues(kind)) for kind in ("sons", "hyphen_articles"))
    article = rf"[ \xa0](?:(?:{sons})[ \xa0])?(?:{articles})[-‑](?=[{_UPPER}])"
    return re.compile(rf"[{_UPPER}](?<![\w@#/.].){rest}(?:(?:{gap}|{article})[{_UPPER}]{rest})*")


@cache
def word_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:[{_UPPER}]\.-?){{1,4}}|\w+{_JOINED}")


_SENTENCE = re.compile(r"[.!?…:;•\n][\"'»«“”„‘’)(\]\s–—-]*$")


def starts_sentence(text: str, start: int) -> bool:
    """Whether the word at `start` opens a sentence, a line or a quotation."""
    return _SENTENCE.search(text[start - 6 : start] if start >= 6 else "\n" + text[:start]) is not None


def runs(text: str) -> Iterator[tuple[int, str]]:
    """(start, run) of every run of capitalised words."""
    for match in pattern().finditer(text):
        yield match.start(), match.group()
