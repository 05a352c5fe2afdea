"""How a text became another one, word by word.

Words are aligned by difflib (Ratcliff and Obershelp's longest common runs). Two long texts of few different words would
take it minutes, so those are aligned sentence by sentence first; characters of scripts without spaces are words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Change = Literal["equal", "delete", "insert", "replace"]

MOST_PAIRS = 1_500_000
"""Pairs of equal words that the alignment by words looks at, at most."""
MOST_SENTENCES = 4_000
SMALL, SMALL_UNSPACED = 5, 2
"""From so many characters on, spaces aside, a shared run between two changes says something."""

_UNSPACED = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_TOKEN = re.compile(rf"\s+|{_UNSPACED}|(?:(?!{_UNSPACED})\w)+|[^\w\s]")
_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”’»)]*\s+|[。！？]+|\n\s*|\Z)", re.DOTALL)


class Step(NamedTuple):
    """A stretch of the way from one text to the other: `old` becomes `new`, either may be empty."""

    change: Change
    old: str
    new: str


def differences(old: str, new: str) -> list[Step]:
    """The steps in order; their `old` parts joined are the one text, their `new` parts the other."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    return _tidied(_by_words(a, b) if _pairs(a, b) <= MOST_PAIRS else _by_sentences(old, new))


def _pairs(a: Sequence[str], b: Sequence[str]) -> int:
    counts = Counter(b)
    return sum(counts[token] for token in a)


def _by_words(a: Sequence[str], b: Sequence[str]) -> Iterator[Step]:
    for change, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield Step(change, "".join(a[i:j]), "".join(b[k:m]))


def _by_sentences(old: str, new: str) -> Iterator[Step]:
    a, b = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if max(len(a), len(b)) > MOST_SENTENCES or _pairs(a, b) > MOST_PAIRS:
        yield Step("equal" if old == new else "replace", old, new)
        return
    for step in _by_words(a, b):
        before, after = _TOKEN.findall(step.old), _TOKEN.findall(step.new)
        if step.change == "replace" and _pairs(before, after) <= MOST_PAIRS:
            yield from _by_words(before, after)
        else:
            yield step


def _tidied(steps: Iterator[Step]) -> list[Step]:
    """Without shared crumbs between two changes: `a <del>b</del> of <ins>c</ins>` is harder to read than one change."""
    rows = [step for step in steps if step.old or step.new]
    tidy: list[Step] = []
    for at, step in enumerate(rows):
        between = 0 < at < len(rows) - 1 and rows[at - 1].change != "equal" and rows[at + 1].change != "equal"
        crumb = step.change == "equal" and between and _says_nothing(step.old)
        if tidy and (tidy[-1].change == "equal") == (step.change == "equal" and not crumb):
            tidy[-1] = _joined(tidy[-1], step)
        else:
            tidy.append(step)
    return tidy


def _says_nothing(shared: str) -> bool:
    bare = "".join(shared.split())
    return len(bare) < (SMALL_UNSPACED if re.search(_UNSPACED, bare) else SMALL) and "\n" not in shared


def _joined(a: Step, b: Step) -> Step:
    old, new = a.old + b.old, a.new + b.new
    if a.change == b.change == "equal":
        return Step("equal", old, new)
    return Step("replace" if old and new else "delete" if old else "insert", old, new)


def words(text: str) -> int:
    """Number of words."""
    return sum(token[0].isalnum() for token in _TOKEN.findall(text))
