"""Language editions: reports of one thing in different languages, told by what they name.

Features of a report are its entities and its numbers; a rare one weighs more. Two reports belong together when they are
published within a few days in different languages, share several features, and each is the other's best match in
its language by a clear margin: one name, one number or one place alone never joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge.columns import Ragged

Ints = NDArray[np.int64]
DAYS = 3
"""Days between two editions at most."""
LEAST_SCORE = 0.42
"""Weight of what is shared, relative to all that the one with less to share has."""
LEAST_FEATURES, LEAST_NAMES = 4, 2
"""Features in common at least, and entities among them."""
LEAD = 1.2
"""How many times the score of the second best the best has to have."""
COMMON, COMMON_ANYWAY = 0.02, 8
"""A feature of a larger share of all reports (and of more than so many) leads to no other report."""
NEXT = 32
"""Following reports with the same feature that a report is compared with."""
PAIRS = 65_536
"""Pairs that are compared at once."""


@dataclass(frozen=True)
class Reports:
    """n reports.

    Attributes:
        languages, days: int64 (n,); a number for each language; ordinals, 0 unknown.
        first: int64 (n + 1,): where the features of each report begin.
        features: int64: numbers of features, rising within a report.
        named, person: bool: for each number whether it stands for an entity, and whether that is a person.
    """

    languages: Ints
    days: Ints
    first: Ints
    features: Ints
    named: NDArray[np.bool_]
    person: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.days)

    def chosen(self, rows: Ints) -> Reports:
        """These reports, in this order."""
        few = Ragged(np.int64, self.first, self.features).chosen(rows)
        return Reports(self.languages[rows], self.days[rows], few.first, few.values, self.named, self.person)

    @cached_property
    def owner(self) -> Ints:
        """The report of each feature."""
        return np.repeat(np.arange(len(self)), np.diff(self.first))

    @cached_property
    def keys(self) -> Ints:
        """Report and feature as one number, rising."""
        return self.owner * len(self.named) + self.features


def editions(reports: Reports) -> list[tuple[int, int, float]]:
    """(first, second, score) of reports that are editions of each other, the surest first."""
    frequency = np.bincount(reports.features, minlength=len(reports.named))
    weights = np.log1p(len(reports) / np.maximum(frequency, 1))
    a, b = _candidates(reports, frequency)
    score = likeness(reports, weights, a, b)
    kept = score >= LEAST_SCORE
    a, b, score = a[kept], b[kept], score[kept]
    best, clear = _best(reports.languages, np.concatenate([a, b]), np.concatenate([b, a]), np.tile(score, 2))
    half = len(a)
    mutual = best[:half] & best[half:] & clear[:half] & clear[half:]
    order = np.argsort(-score[mutual], kind="stable")
    found = (a[mutual][order].tolist(), b[mutual][order].tolist(), score[mutual][order].tolist())
    return list(zip(*found, strict=True))


def _candidates(reports: Reports, frequency: Ints) -> tuple[Ints, Ints]:
    """Pairs in different languages and within days that share a feature which is not common."""
    most = max(COMMON_ANYWAY, int(len(reports) * COMMON))
    often = frequency[reports.features]
    telling = (often > 1) & (often <= most) & (reports.days[reports.owner] > 0)
    features, rows = reports.features[telling], reports.owner[telling]
    order = np.lexsort((rows, reports.days[rows], features))
    features, rows = features[order], rows[order]
    codes: list[Ints] = [np.zeros(0, np.int64)]
    for distance in range(1, NEXT + 1):
        a, b = rows[:-distance], rows[distance:]
        near = (features[distance:] == features[:-distance]) & (reports.days[b] - reports.days[a] <= DAYS)
        if not near.any():
            break
        near &= reports.languages[a] != reports.languages[b]
        pair = np.minimum(a[near], b[near]) * len(reports) + np.maximum(a[near], b[near])
        codes.append(np.unique(pair))
    found = np.unique(np.concatenate(codes))
    return found // max(len(reports), 1), found % max(len(reports), 1)


def common(reports: Reports, a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """(number of the pair, feature) of each feature that both reports of a pair have."""
    known = reports.keys
    sizes = np.diff(reports.first)[a]
    pair = np.repeat(np.arange(len(a)), sizes)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    features = reports.features[reports.first[a][pair] + within]
    wanted = b[pair] * len(reports.named) + features
    place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    shared = known[place] == wanted if len(known) else np.zeros(0, bool)
    return pair[shared], features[shared]


def likeness(reports: Reports, weights: NDArray[np.float64], a: Ints, b: Ints) -> NDArray[np.float64]:
    """Weight of the features that both have, relative to the lighter of the two; 0 when too few are shared."""
    total = np.bincount(reports.owner, weights=weights[reports.features], minlength=len(reports))
    score = np.zeros(len(a))
    for begin in range(0, len(a), PAIRS):
        one, two = a[begin : begin + PAIRS], b[begin : begin + PAIRS]
        pair, features = common(reports, one, two)
        count = np.bincount(pair, minlength=len(one))
        names = np.bincount(pair, weights=reports.named[features], minlength=len(one))
        weight = np.bincount(pair, weights=weights[features], minlength=len(one))
        enough = (count >= LEAST_FEATURES) & (names >= LEAST_NAMES)
        lighter = np.minimum(total[one], total[two])
        score[begin : begin + PAIRS] = np.where(enough, weight / np.where(lighter > 0, lighter, 1), 0.0)
    return score


def _best(
    languages: Ints, a: Ints, b: Ints, score: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each edge a → b: whether it is a's best into b's language, and whether the second best is far behind."""
    order = np.lexsort((b, -score, languages[b], a))
    best, clear = np.zeros(len(a), bool), np.zeros(len(a), bool)
    first = np.ones(len(a), bool)
    first[1:] = (np.diff(a[order]) != 0) | (np.diff(languages[b[order]]) != 0)
    second = np.zeros(len(a))
    follows = np.flatnonzero(first[:-1] & ~first[1:])
    second[follows] = score[order][follows + 1]
    best[order] = first
    clear[order] = first & (score[order] >= LEAD * second)
    return best, clear


def group(
    languages: Sequence[int], days: Sequence[int], edges: Sequence[tuple[int, int, float]]
) -> list[list[int]]:
    """Reports joined by edges, the surest first: never two of one language, nor days apart from each other."""
    members: dict[int, list[int]] = {}
    for a, b, _ in edges:
        one, two = members.get(a, [a]), members.get(b, [b])
        if one is two or {languages[i] for i in one} & {languages[i] for i in two}:
            continue
        span = [days[i] for i in (*one, *two)]
        if max(span) - min(span) <= DAYS:
            one += two
            members.update(dict.fromkeys(one, one))
    return [found for at, found in members.items() if found[0] == at]
