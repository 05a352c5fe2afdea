"""Quick ways to find words in texts against the obvious ones."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.knowledge.guess import bag_of
from indexer.knowledge.runs import _UPPER, pattern, word_pattern
from indexer.knowledge.sketches import words
from indexer.knowledge.tables import cues

WORD = r"\w(?:\w|['’ʼ](?![sS]\b)(?=\w)|[-‑](?=\w))*"
INITIALS = rf"(?:[{_UPPER}]\.-?){{1,4}}"
PIECES = (" von ", " de la ", " al-", " bin al-", "St. A", "St.", "J.-P.", "O’Brien", "日本", "x²")
TEXTS = st.lists(st.sampled_from([*"AaЯяßÉ9_ -‑.'’ʼs@/&\n\xa0\u0301", *PIECES])).map("".join)


@given(TEXTS)
def test_runs(text: str) -> None:
    connectors = "|".join(sorted({*cues("connectors"), "&"} - {"y", "i", "e"}, key=lambda c: (-len(c), c)))
    word = rf"(?:{INITIALS}|(?=[{_UPPER}]){WORD})"
    saint = r"(?<=\bSt)\. "
    gap = rf"(?:{saint}|[ \xa0](?:(?:{connectors})[ \xa0]){{0,2}}|(?<=\.))(?=[{_UPPER}])"
    son = rf"(?:(?:{'|'.join(cues('sons'))})[ \xa0])?"
    article = rf"[ \xa0]{son}(?:{'|'.join(cues('hyphen_articles'))})[-‑](?=[{_UPPER}])"
    slow = re.compile(rf"(?<![\w@#/.]){word}(?:(?:{gap}|{article}){word})*")
    assert [m.span() for m in pattern().finditer(text)] == [m.span() for m in slow.finditer(text)]


@given(TEXTS)
def test_words(text: str) -> None:
    slow = re.compile(rf"{INITIALS}|{WORD}")
    assert [m.span() for m in word_pattern().finditer(text)] == [m.span() for m in slow.finditer(text)]


@given(TEXTS, TEXTS)
def test_bag(title: str, body: str) -> None:
    assert np.array_equal(bag_of(title, body, words(body)), bag_of(title, body))
