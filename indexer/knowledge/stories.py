"""Stories: articles that tell one thing, as near duplicates (wire copies, reprints, updates) or in other languages.

Near duplicates are found by the 64 smallest hashes of an article's three-word shingles (bottom-k sketches, Broder
1997): two sketches that share enough of them belong together. Language editions are articles of other languages,
published within a few days, that name the same entities and numbers.
"""

from __future__ import annotations

import difflib
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article

SKETCH_SIZE, SHINGLE = 64, 3
SHARED = 0.3  # share of the smaller sketch that two near duplicates have in common at least
CERTAIN = 0.6  # from this share on nothing else need agree
LEAST_SHARED, FEW, AGREEING = 8, 3, 0.7
COMMON_HASH = 64  # a hash that more articles share is a phrase of the house, no sign of a copy
EDITION_DAYS, EDITION_SCORE, EDITION_FEATURES, EDITION_LEAD = 3, 0.42, 4, 1.2
COMMON_FEATURE = 0.02  # a feature of a larger share of all articles says nothing
_WORD = re.compile(r"\w+")
_SINGLE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NUMBER = re.compile(r"\b\d[\d.,\u00a0 ]*\d\b")
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)

Kind = Literal["copy", "edition"]


class Sketch(NamedTuple):
    """What is kept of an article to find its story: up to 64 hashes (uint64, rising) and the numbers in its text."""

    hashes: NDArray[np.uint64]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story: what binds it to the others (`copy` or `edition`) and how surely (0 to 1)."""

    id: str
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell one thing, the earliest first; the id is made of the first article's."""

    id: str
    members: tuple[Member, ...]


class _Hashes(dict[str, int]):
    """Word → CRC-32, computed once."""

    def __missing__(self, word: str) -> int:
        value = self[word] = zlib.crc32(word.encode())
        return value


MOST_WORDS = 500_000
_hashes = _Hashes()


def sketch(article: Article) -> Sketch:
    """The sketch of an article; a pure function of its title and body."""
    text = (article.body or article.title).lower()
    words = (_SINGLE if _UNSPACED.search(text) else _WORD).findall(text)
    if len(_hashes) > MOST_WORDS:
        _hashes.clear()
    return Sketch(_smallest(np.array([_hashes[word] for word in words], np.uint64)), numbers(article.body))


def _smallest(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    size = min(SHINGLE, len(values))
    if not size:
        return values
    mixed = np.zeros(len(values) - size + 1, np.uint64)
    for i in range(size):
        mixed += (values[i : len(values) - size + 1 + i] + np.uint64(1)) * _MULTIPLIERS[i]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MULTIPLIERS[1]
    mixed ^= mixed >> np.uint64(32)
    if len(mixed) > 4 * SKETCH_SIZE:
        mixed = np.partition(mixed, 2 * SKETCH_SIZE)[: 2 * SKETCH_SIZE]
    return np.unique(mixed)[:SKETCH_SIZE]


def numbers(text: str) -> frozenset[str]:
    """Numbers of at least two digits, without the marks between thousands and without what looks like a year."""
    found = set()
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if 2 <= len(digits) <= 12 and not (len(digits) == 4 and digits[:2] in ("19", "20")):
            found.add(digits.lstrip("0"))
    return frozenset(found - {""})


@dataclass(slots=True)
class _Row:
    id: str
    language: str
    day: int
    sketch: Sketch
    entities: frozenset[str] = field(default_factory=frozenset)


class StoryFinder:
    """Gathers sketches, then groups them.

    Args:
        shared: share of the smaller sketch that near duplicates have in common at least.
    """

    def __init__(self, shared: float = SHARED) -> None:
        self.shared = shared
        self._rows: list[_Row] = []

    def add(self, article: Article, found: Sketch, day: int, entities: Iterable[str]) -> None:
        """Take in an article with its day (ordinal, 0 unknown) and the ids of its entities."""
        self._rows.append(_Row(article.id, article.language, day, found, frozenset(entities)))

    def finish(self) -> tuple[Story, ...]:
        """All stories of at least two articles, by the id of their first."""
        rows = sorted(self._rows, key=lambda row: (row.day or 1 << 30, row.id))
        groups = _Groups(len(rows))
        links: dict[int, tuple[float, Kind]] = {}
        for a, b, score in copies(rows, self.shared):
            groups.join(a, b)
            for i in (a, b):
                links[i] = max(links.get(i, (0.0, "copy")), (score, "copy"))
        for a, b, score in editions(rows, groups):
            groups.join(a, b)
            for i in (a, b):
                links.setdefault(i, (score, "edition"))
        stories = []
        for members in groups.all():
            kinds = [Member(rows[i].id, links[i][1], round(min(1.0, links[i][0]), 2)) for i in members]
            stories.append(Story(f"story:{rows[members[0]].id}", tuple(kinds)))
        return tuple(sorted(stories, key=lambda story: story.id))


class _Groups:
    """Union of numbers, with the smallest of each group at its root."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, i: int) -> int:
        while self._above[i] != i:
            self._above[i] = self._above[self._above[i]]
            i = self._above[i]
        return i

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.root(a), self.root(b)))
        self._above[b] = a

    def all(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._above)):
            found[self.root(i)].append(i)
        return [members for members in found.values() if len(members) > 1]


def copies(rows: Sequence[_Row], shared: float) -> list[tuple[int, int, float]]:
    """(a, b, share) of all pairs whose sketches have enough hashes in common."""
    sizes = np.array([len(row.sketch.hashes) for row in rows], np.int64)
    if not sizes.sum():
        return []
    hashes = np.concatenate([row.sketch.hashes for row in rows])
    order = np.argsort(hashes, kind="stable")
    docs = np.repeat(np.arange(len(rows)), sizes)[order]
    bounds = np.flatnonzero(np.diff(hashes[order], prepend=hashes[order][:1] - np.uint64(1)))
    lengths = np.diff(np.append(bounds, len(docs)))
    counts: Counter[tuple[int, int]] = Counter()
    for length in np.unique(lengths[(lengths > 1) & (lengths <= COMMON_HASH)]):
        block = docs[bounds[lengths == length][:, None] + np.arange(length)]
        first, second = np.triu_indices(int(length), 1)
        pairs = block[:, first].ravel() * len(rows) + block[:, second].ravel()
        for pair, count in zip(*np.unique(pairs, return_counts=True), strict=True):
            counts[divmod(int(pair), len(rows))] += int(count)
    found = []
    for (a, b), count in sorted(counts.items()):
        share = count / max(1, min(int(sizes[a]), int(sizes[b])))
        enough = share >= shared and count >= min(LEAST_SHARED, int(sizes[a]), int(sizes[b]))
        if enough and (share >= CERTAIN or _agree(rows[a], rows[b])):
            found.append((a, b, share))
    return found


def _agree(a: _Row, b: _Row) -> bool:
    """Whether numbers and entities let two texts with common phrases be one report, and not two of one pattern."""
    for first, second in ((a.sketch.numbers, b.sketch.numbers), (a.entities, b.entities)):
        least = min(len(first), len(second))
        if least >= FEW and len(first & second) < AGREEING * least:
            return False
    return True


def editions(rows: Sequence[_Row], groups: _Groups) -> list[tuple[int, int, float]]:
    """(a, b, score) of articles in different languages that tell one thing; each is the other's best match."""
    frequency: Counter[str] = Counter()
    features = [_features(row) for row in rows]
    for found in features:
        frequency.update(found)
    most = max(8, int(len(rows) * COMMON_FEATURE))
    weights = {feature: float(np.log(1 + len(rows) / count)) for feature, count in frequency.items()}
    index: dict[str, list[int]] = defaultdict(list)
    for i, found in enumerate(features):
        for feature in found:
            if 1 < frequency[feature] <= most:
                index[feature].append(i)
    best: dict[tuple[int, str], tuple[float, int]] = {}
    second: dict[tuple[int, str], float] = {}
    seen: set[tuple[int, int]] = set()
    for members in index.values():
        for x, a in enumerate(members):
            for b in members[x + 1 :]:
                if (a, b) in seen or rows[a].language == rows[b].language or not _close(rows[a], rows[b]):
                    continue
                seen.add((a, b))
                score = _likeness(features[a], features[b], weights)
                if score:
                    _keep(best, second, (a, rows[b].language), score, b, groups)
                    _keep(best, second, (b, rows[a].language), score, a, groups)
    result = []
    for (a, language), (score, b) in sorted(best.items()):
        mutual = best.get((b, rows[a].language))
        clear = score >= EDITION_LEAD * second.get((a, language), 0.0)
        if mutual and groups.root(mutual[1]) == groups.root(a) and a < b and score >= EDITION_SCORE and clear:
            result.append((a, b, score))
    return result


def _features(row: _Row) -> frozenset[str]:
    return row.entities | {f"#{number}" for number in row.sketch.numbers}


def _close(a: _Row, b: _Row) -> bool:
    return bool(a.day and b.day) and abs(a.day - b.day) <= EDITION_DAYS


def _likeness(a: frozenset[str], b: frozenset[str], weights: dict[str, float]) -> float:
    """Weighted overlap of two sets of features, relative to the lighter; 0 when too little is shared."""
    shared = a & b
    if len(shared) < EDITION_FEATURES or not any(f[0] != "#" for f in shared):
        return 0.0
    lighter = min(sum(weights[f] for f in a), sum(weights[f] for f in b))
    return sum(weights[f] for f in shared) / lighter


def _keep(
    best: dict[tuple[int, str], tuple[float, int]],
    second: dict[tuple[int, str], float],
    key: tuple[int, str],
    score: float,
    other: int,
    groups: _Groups,
) -> None:
    held = best.get(key)
    if held is None or score > held[0]:
        if held is not None and groups.root(held[1]) != groups.root(other):
            second[key] = max(second.get(key, 0.0), held[0])
        best[key] = (score, other)
    elif groups.root(held[1]) != groups.root(other):
        second[key] = max(second.get(key, 0.0), score)


def differences(a: str, b: str) -> list[tuple[str, str, str]]:
    """How a text became another: (`equal` | `delete` | `insert` | `replace`, part of a, part of b), by words."""
    left, right = re.findall(r"\s+|[^\s]+", a), re.findall(r"\s+|[^\s]+", b)
    steps = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [(tag, "".join(left[i:j]), "".join(right[k:m])) for tag, i, j, k, m in steps]
