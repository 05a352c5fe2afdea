"""Queries of each class, chosen by how frequent the words are in the first articles of the corpus."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.asked import CLASSES, Asked
from benchmarks.generate import Chunk, Corpus

EACH = 20


def document_frequency(chunk: Chunk) -> NDArray[np.float64]:
    """For each word the share of articles that hold it."""
    width = len(chunk.vocabulary)
    owner = np.repeat(np.arange(len(chunk)), np.diff(chunk.bounds))
    pairs = np.unique(owner * width + chunk.tokens)
    return np.bincount(pairs % width, minlength=width) / len(chunk)


def pairs_of(chunk: Chunk, frequency: NDArray[np.float64]) -> dict[str, list[tuple[int, int]]]:
    """Neighbouring words: the most frequent pairs, and pairs with a rare word that occur at least three times."""
    width = len(chunk.vocabulary)
    inside = np.ones(len(chunk.tokens) - 1, bool)
    inside[chunk.bounds[1:-1] - 1] = False
    joined = (chunk.tokens[:-1].astype(np.int64) * width + chunk.tokens[1:])[inside]
    pairs, counts = np.unique(joined, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    both = [(int(p) // width, int(p) % width) for p in pairs[order][:60_000]]
    common = [(a, b) for a, b in both if a != b]
    rare = [(a, b) for (a, b), n in zip(both, counts[order], strict=False) if min(frequency[a], frequency[b]) < 0.06]
    return {"common": common[:EACH], "selective": [p for p in rare if p[0] != p[1]][:EACH]}


def choose(corpus: Corpus) -> dict[str, list[Asked]]:
    """Twenty queries of each class; in English, so that several words of one query meet in articles."""
    chunk = next(corpus.chunks())
    frequency = document_frequency(chunk)
    english = np.zeros(len(frequency), bool)
    english[np.unique(chunk.tokens[np.repeat(chunk.language == 0, np.diff(chunk.bounds))])] = True
    foreign = np.unique(chunk.tokens[np.repeat(chunk.language != 0, np.diff(chunk.bounds))])
    english[foreign] = False
    rng = np.random.default_rng(3)

    def pick(low: float, high: float, n: int) -> list[str]:
        found = np.flatnonzero(english & (frequency >= low) & (frequency <= high))
        return [corpus.vocabulary[i] for i in np.resize(rng.permutation(found), n)]

    common, middle, low = pick(0.2, 0.42, EACH), pick(0.03, 0.1, 2 * EACH), pick(0.004, 0.02, EACH)
    phrases = pairs_of(chunk, np.where(english, frequency, 1))
    shown = {name: [tuple(corpus.vocabulary[i] for i in pair) for pair in some] for name, some in phrases.items()}
    stems = sorted({word[:4] for word in corpus.vocabulary if len(word) > 5 and word.isascii()})
    counted = dict.fromkeys(stems, 0)
    for word in corpus.vocabulary:
        if word[:4] in counted:
            counted[word[:4]] += 1
    stems = [stem for stem in stems if 60 <= counted[stem] <= 300]
    years = [(date(2006 + i % 15, 1, 1).toordinal(), date(2006 + i % 15, 12, 31).toordinal()) for i in range(EACH)]
    words: dict[str, Any] = {
        "common term": [(w,) for w in common],
        "AND, common": [(w, common[(i + 7) % EACH]) for i, w in enumerate(common)],
        "AND, selective": list(zip(middle[:EACH], middle[EACH:], strict=True)),
        "OR of 3": list(zip(common, middle[:EACH], low, strict=True)),
        "NOT": list(zip(common, middle[:EACH], strict=True)),
        "phrase, common": shown["common"],
        "phrase, selective": shown["selective"],
        "prefix": [(stems[i],) for i in rng.permutation(len(stems))[:EACH]],
        "facets over all hits": [(w,) for w in common],
    }
    made = {name: [Asked(tuple(w)) for w in some] for name, some in words.items()}
    made["term + one year"] = [Asked((w,), *year) for w, year in zip(common, years, strict=True)]
    return {name: made[name] for name in CLASSES}
