"""A little more for articles in which the words of a query stand side by side, as they do in the query.

A phrase matches only where its words do, so that hits and counts stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indexer.analysis.folding import fold
from indexer.analysis.stemming import is_stop
from indexer.analysis.words import split
from indexer.query.nodes import Node, Phrase
from indexer.query.tree import Part, Word

PAIR = 0.05
"""What two neighbours add where any word is enough."""
WHOLE = 0.2
"""What the words side by side add where all are needed."""
MOST_WORDS = 5
MOST_PAIRS = 12


def whole(parts: Sequence[Part], fields: frozenset[str]) -> list[Node]:
    """All the words as a phrase, in titles and in bodies; none unless each part is one plain word."""
    words = [_folded(part) for part in parts]
    if not 2 <= len(words) <= MOST_WORDS or not all(words):
        return []
    return _phrases(tuple(words), WHOLE, fields)


def pairs(parts: Sequence[Part], fields: frozenset[str], languages: Sequence[str]) -> list[Node]:
    """Each two neighbours that are no stop words."""
    words = [_folded(part) for part in parts]
    telling = [word if word and not any(is_stop(word, code) for code in languages) else "" for word in words]
    found = [pair for pair in dict.fromkeys(pairwise(telling)) if all(pair) and pair[0] != pair[1]]
    return [node for pair in found[:MOST_PAIRS] for node in _phrases(pair, PAIR, fields)]


def _folded(part: Part) -> str:
    """The written form of a plain word without field; empty for anything else."""
    if not isinstance(part, Word) or part.kind != "plain" or part.field is not None:
        return ""
    words = split(part.text)
    return fold(part.text) if len(words) == 1 and not words[0].single else ""


def _phrases(words: tuple[str, ...], boost: float, fields: frozenset[str]) -> list[Node]:
    return [Phrase(name, words, 0, boost) for name in ("title_folded", "body_folded") if name in fields]
