"""Stories: articles that tell one thing, as near duplicates (wire copies, reprints, updates) or in other languages.

    finder = StoryFinder()
    finder.add(Told(id, language, source, day, minute), sketch(article), entities)   # for every article
    stories = finder.finish()

What makes a near duplicate stands in `copies`, what makes a language edition in `editions`. The outcome is the same
whatever the order in which the articles came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge import copies, editions
from indexer.knowledge.columns import Ragged, texts_of, texts_to
from indexer.knowledge.sketches import Sketch, numbers, sketch

__all__ = ["Member", "Sketch", "Story", "StoryFinder", "Told", "numbers", "sketch"]

CERTAIN = 0.45
"""Containment from which two texts are one report unless names or numbers gainsay it (15 % of words changed: 0.6)."""
LATER, WHOLE = 10, 0.8
"""A print more than so many days later has to contain so much: what else comes back is a phrase of the house."""
AGREEING, NAMES, NUMBERS = 0.7, 3, 2
"""Share of the fewer entities, of which there are so many, and of the fewer numbers, when there are so many, that texts
with less in common have to share to be one report."""
GAINSAID, NUMBERS_TELL, NAMES_TELL = 0.4, 3, 5
"""Share of the fewer numbers (entities) below which texts are two reports of one pattern, and from how many on."""

NEWS, SAME_TEXT = 1, 0.98
"""Texts more than so many days apart that contain less, and name people, but none in common, are of one pattern."""

Ints = NDArray[np.int64]
Kind = Literal["original", "copy", "update", "edition"]


@dataclass(frozen=True, slots=True)
class Told:
    """An article as a story sees it: `day` is an ordinal (0 unknown), `minute` that of the day (-1 unknown).

    `published` is the date as the article has it.
    """

    id: str
    language: str
    source: str | None = None
    day: int = 0
    minute: int = -1
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story.

    Attributes:
        kind: the earliest is the `original`; `edition` is the earliest in another language; of the others `update` is
            one of a source that had the story before, `copy` one of another source (or of one not known).
        score: how surely it belongs (0 to 1).
    """

    id: str
    kind: Kind
    score: float
    language: str = ""
    source: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell one thing, the earliest first; the id is made of the first article's."""

    id: str
    members: tuple[Member, ...]


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

    def roots(self) -> list[int]:
        return [i if above == i else self.root(i) for i, above in enumerate(self._above)]


_TEXTS, _TIMES = ("id", "language", "source", "published"), ("day", "minute")


class StoryFinder:
    """Gathers sketches, then groups them: about 4 kB an article at the height of it.

    Args:
        shared: share of the smaller sketch that near duplicates have in common at least.
    """

    def __init__(self, shared: float = copies.SHARED) -> None:
        self.shared = shared
        self._said: dict[str, list[Any]] = {name: [] for name in (*_TEXTS, *_TIMES)}
        self._order: list[int] = []
        self._twice = np.zeros(0, bool)
        self._hashes, self._numbers, self._entities = Ragged(np.uint32), Ragged(np.int64), Ragged(np.int64)
        self._names: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._said["id"])

    def add(self, told: Told, found: Sketch, entities: Iterable[str] = ()) -> None:
        """Take in an article with its sketch and the ids of its entities."""
        for name, values in self._said.items():
            values.append(getattr(told, name))
        self._hashes.append(found.hashes.tolist())
        self._numbers.append(sorted(int(number) for number in found.numbers))
        self._entities.append(self._names.setdefault(one, len(self._names)) for one in dict.fromkeys(entities))

    def remove(self, stays: NDArray[np.bool_]) -> None:
        """Take out the articles that do not stay, by their place in the order of adding."""
        if stays.all():
            return
        rows, place = np.flatnonzero(stays), np.cumsum(stays) - 1
        self._said = {name: list(compress(values, stays.tolist())) for name, values in self._said.items()}
        self._order = [int(place[i]) for i in self._order if stays[i]]
        self._twice = self._twice[np.repeat(stays, np.diff(self._hashes.first))[: len(self._twice)]]
        self._hashes, self._numbers = self._hashes.chosen(rows), self._numbers.chosen(rows)
        self._entities = self._entities.chosen(rows)

    def columns(self) -> dict[str, NDArray[Any]]:
        """The articles that were added, as arrays, without their entities."""
        return {
            **{name: texts_to(self._said[name]) for name in _TEXTS},
            **{name: np.array(self._said[name], np.int32) for name in _TIMES},
            "order": np.array(self._order, np.int32),
            "hashes known": np.array([len(self._twice)]), "twice": np.packbits(self._twice),
            "hashes": self._hashes.values, "first hash": self._hashes.first,
            "numbers": self._numbers.values, "first number": self._numbers.first,
        }  # fmt: skip

    @classmethod
    def of_columns(cls, kept: Mapping[str, NDArray[Any]]) -> StoryFinder:
        """What `columns` gave."""
        found = cls()
        found._said = {name: texts_of(kept[name]) for name in _TEXTS} | {name: kept[name].tolist() for name in _TIMES}
        found._order = kept["order"].tolist()
        found._twice = np.unpackbits(kept["twice"], count=int(kept["hashes known"][0])).astype(bool)
        found._hashes = Ragged(np.uint32, kept["first hash"], kept["hashes"])
        found._numbers = Ragged(np.int64, kept["first number"], kept["numbers"])
        found._entities = Ragged(np.int64, np.zeros(len(found) + 1, np.int64))
        return found

    def finish(self, entities: Ragged | None = None, names: Sequence[str] = ()) -> tuple[Story, ...]:
        """All stories of at least two articles, by the id of their first.

        Args:
            entities: for each article, in the order of adding, numbers of `names`; in place of those that were added.
        """
        if entities is None:
            entities, names = self._entities, list(self._names)
        rows = self._ordered()
        reports = self._reports(rows, entities.chosen(rows), names)
        groups, scores = _Groups(len(rows)), np.zeros(len(rows))
        self._join_copies(rows, reports, groups, scores)
        self._join_editions(reports, groups, scores)
        roots = np.array(groups.roots(), np.int64)
        members: dict[int, list[int]] = defaultdict(list)
        for i in np.flatnonzero(np.bincount(roots)[roots] > 1).tolist() if len(roots) else ():
            members[int(roots[i])].append(i)
        found = [_story([self._told(int(rows[i])) for i in row], scores[row].tolist()) for row in members.values()]
        return tuple(sorted(found, key=lambda story: story.id))

    def _told(self, i: int) -> Told:
        return Told(**{name: values[i] for name, values in self._said.items()})

    def _ordered(self) -> Ints:
        """The articles, the earliest first and those without a date last; the order of those before is known."""
        said = zip(self._said["day"], self._said["minute"], self._said["id"], strict=True)
        keys = [(day or 1 << 30, minute, one) for day, minute, one in said]
        self._order = sorted([*self._order, *range(len(self._order), len(self))], key=keys.__getitem__)
        return np.array(self._order, np.int64)

    def _reports(self, rows: Ints, entities: Ragged, names: Sequence[str]) -> editions.Reports:
        """The articles in this order; features are numbered by their text, so that the order of adding says nothing."""
        place = np.empty(len(names), np.int64)
        place[sorted(range(len(names)), key=lambda i: names[i])] = np.arange(len(names))
        found = self._numbers.chosen(rows)
        known, number = np.unique(found.values, return_inverse=True)
        owner = np.concatenate([entities.owner, found.owner])
        features = np.concatenate([place[entities.values], number + len(names)])
        order = np.lexsort((features, owner))
        codes = {code: i for i, code in enumerate(sorted(set(self._said["language"])))}
        size = max(1, len(names) + len(known))
        person = np.zeros(size, bool)
        person[place[[i for i, name in enumerate(names) if name.startswith("person:")]]] = True
        return editions.Reports(
            languages=np.array([codes[language] for language in self._said["language"]], np.int64)[rows],
            days=np.array(self._said["day"], np.int64)[rows],
            first=np.searchsorted(owner[order], np.arange(len(rows) + 1)),
            features=features[order],
            named=np.arange(size) < len(names),
            person=person,
        )

    def _join_copies(
        self, rows: Ints, reports: editions.Reports, groups: _Groups, scores: NDArray[np.float64]
    ) -> None:
        """Join near duplicates; `rows` are the articles in their order."""
        self._twice = copies.twice(self._hashes.values, self._twice)
        common = np.flatnonzero(self._twice)
        owner = np.searchsorted(self._hashes.first, common, side="right") - 1
        begins, sizes, place = self._hashes.first, np.diff(self._hashes.first), np.empty(len(rows), np.int64)
        place[rows] = np.arange(len(rows))
        whole = (np.bincount(owner, minlength=len(rows)) == sizes) & (sizes > 0)
        # the same sketch is the same text: one row stands for all of them
        seen: dict[bytes, int] = {}
        stands = np.ones(len(rows), bool)
        for at in np.flatnonzero(whole[rows]).tolist():
            row = rows[at]
            same = seen.setdefault(self._hashes.values[begins[row] : begins[row + 1]].tobytes(), at)
            stands[at] = same == at
            if same != at and sizes[row] >= copies.LEAST_SHARED:
                groups.join(same, at)
                scores[[same, at]] = 1.0
        kept = stands[place[owner]]
        chosen = self._hashes.values[common[kept]], place[owner[kept]]
        first, second, share = copies.near(self._hashes, rows, chosen, self.shared)
        one = _one_report(reports, first, second, share)
        for a, b, contained in zip(first[one].tolist(), second[one].tolist(), share[one].tolist(), strict=True):
            groups.join(a, b)
            scores[a], scores[b] = max(scores[a], contained), max(scores[b], contained)

    def _join_editions(self, reports: editions.Reports, groups: _Groups, scores: NDArray[np.float64]) -> None:
        """Of near duplicates the earliest stands for all in the search for editions."""
        roots = np.array(sorted(set(groups.roots())), np.int64)
        few = reports.chosen(roots)
        found = editions.editions(few)
        best: dict[int, float] = {}
        for a, b, score in found:
            best[a], best[b] = max(best.get(a, 0.0), score), max(best.get(b, 0.0), score)
        for joined in editions.group(few.languages.tolist(), few.days.tolist(), found):
            for i in joined:
                groups.join(int(roots[joined[0]]), int(roots[i]))
                scores[roots[i]] = scores[roots[i]] or min(1.0, best[i])


def _one_report(reports: editions.Reports, a: Ints, b: Ints, contained: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether numbers and names let texts with common phrases be one report, and not two of one pattern."""
    pair, features = editions.common(reports, a, b)
    agreeing, fewer = {}, {}
    for kind, of_kind in (("number", ~reports.named), ("name", reports.named), ("person", reports.person)):
        shared = np.bincount(pair[of_kind[features]], minlength=len(a))
        held = np.bincount(reports.owner[of_kind[reports.features]], minlength=len(reports))
        fewer[kind] = np.minimum(held[a], held[b])
        agreeing[kind] = shared / np.maximum(fewer[kind], 1)
    gainsaid = (fewer["number"] >= NUMBERS_TELL) & (agreeing["number"] < GAINSAID)
    gainsaid |= (contained >= CERTAIN) & (fewer["name"] >= NAMES_TELL) & (agreeing["name"] < GAINSAID)
    days = np.where((reports.days[a] > 0) & (reports.days[b] > 0), np.abs(reports.days[a] - reports.days[b]), 0)
    gainsaid |= (days > LATER) & (contained < WHOLE)
    gainsaid |= (days > NEWS) & (fewer["person"] > 0) & (agreeing["person"] == 0) & (contained < SAME_TEXT)
    confirmed = (fewer["name"] >= NAMES) & (agreeing["name"] >= AGREEING)
    confirmed &= (fewer["number"] < NUMBERS) | (agreeing["number"] >= AGREEING)
    return ~gainsaid & ((contained >= CERTAIN) | confirmed)


def _story(told: Sequence[Told], scores: Sequence[float]) -> Story:
    """The story of articles in their order."""
    members: list[Member] = []
    sources: dict[str, set[str | None]] = defaultdict(set)
    for one, score in zip(told, scores, strict=True):
        kind: Kind = "copy"
        if one.language not in sources:
            kind = "edition" if members else "original"
        elif one.source and one.source in sources[one.language]:
            kind = "update"
        sources[one.language].add(one.source)
        members.append(Member(one.id, kind, round(min(1.0, score), 2), one.language, one.source, one.published))
    return Story(f"story:{told[0].id}", tuple(members))
