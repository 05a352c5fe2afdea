"""Where a leaf of the query tree matches in one analysed text: the meaning of each node, put plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from indexer.analysis.terms import Term as Found
from indexer.query.nodes import (
    And,
    Best,
    Fuzzy,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Term,
    TermRange,
    Wildcard,
)  # fmt: skip

Leaf = Term | Phrase | Near | Prefix | Wildcard | Fuzzy | TermRange
Index = Mapping[str, Sequence[Found]]
"""Term text → its occurrences in order of position."""


def leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that a hit can be explained by: none below Not, none below Filter."""
    if isinstance(node, (And, Or, Best)):
        for inner in node.nodes:
            yield from leaves(inner)
    elif isinstance(node, (Term, Phrase, Near, Prefix, Wildcard, Fuzzy, TermRange)):
        yield node


def matches(leaf: Leaf, index: Index) -> Iterator[tuple[int, int]]:
    """(start, end) of each match; a phrase is one match from its first word to its last, near words are one each."""
    if isinstance(leaf, Term):
        yield from ((found.start, found.end) for found in index.get(leaf.text, ()))
    elif isinstance(leaf, Phrase):
        yield from _phrases(leaf, index)
    elif isinstance(leaf, Near):
        yield from _near(leaf, index)
    else:
        for text in index:
            if accepts(leaf, text):
                yield from ((found.start, found.end) for found in index[text])


def accepts(leaf: Prefix | Wildcard | Fuzzy | TermRange, text: str) -> bool:
    """Whether a term is among those that the leaf stands for."""
    if isinstance(leaf, Prefix):
        return text.startswith(leaf.text)
    if isinstance(leaf, Wildcard):
        return _pattern(leaf.pattern).fullmatch(text) is not None
    if isinstance(leaf, Fuzzy):
        return text[: leaf.prefix] == leaf.text[: leaf.prefix] and within(text, leaf.text, leaf.distance)
    return (leaf.start is None or text >= leaf.start) and (leaf.end is None or text <= leaf.end)


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(c) or re.escape(c) for c in re.sub(r"\*+", "*", pattern)), re.DOTALL)


def within(a: str, b: str, most: int) -> bool:
    """Whether two words are at most `most` edits apart: a letter added, dropped, changed, or two neighbours swapped."""
    if abs(len(a) - len(b)) > most:
        return False
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        two, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, two[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return row[-1] <= most


def _phrases(phrase: Phrase, index: Index) -> Iterator[tuple[int, int]]:
    """From each occurrence of the first word to the nearest place where the phrase can end."""
    places = [{found.position: found for found in index.get(text, ())} for text in phrase.texts]
    gaps = phrase.gaps or (1,) * (len(places) - 1)
    if not all(places):
        return
    for first in index[phrase.texts[0]]:
        ends = {first.position}
        for place, gap in zip(places[1:], gaps, strict=True):
            reached = {p for end in ends for p in range(end + gap, end + gap + phrase.slop + 1)}
            ends = reached & place.keys()
        if ends:
            yield first.start, places[-1][min(ends)].end


def _near(near: Near, index: Index) -> Iterator[tuple[int, int]]:
    """Every word that stands in some window which holds them all."""
    words = sorted((found.position, i) for i, text in enumerate(near.texts) for found in index.get(text, ()))
    spans = {found.position: (found.start, found.end) for text in near.texts for found in index.get(text, ())}
    need = len(near.texts)
    counts: dict[int, int] = {}
    marked: set[int] = set()
    left = 0
    for right, (position, i) in enumerate(words):
        counts[i] = counts.get(i, 0) + 1
        while words[left][0] < position - near.within:
            j = words[left][1]
            counts[j] -= 1
            if not counts[j]:
                del counts[j]
            left += 1
        if len(counts) == need:
            marked.update(place for place, _ in words[left : right + 1])
    yield from (spans[position] for position in sorted(marked))
