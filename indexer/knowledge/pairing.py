"""Which names are one by spelling and sound: pairs with their scores, found through blocks and kept over runs.

Whether two names can mean one person says nothing of how often they were printed, so it is found out once for each
pair: an archive that grows by an article compares the names that are new with the others, and none of these again.
Names are compared that share a block (`blocks_of`, `blurred`): across languages by sound, within one by spelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge.clusters import ALIKE, alike, blocks_of, blurred, same_in_language, sounds
from indexer.knowledge.fold import fold
from indexer.knowledge.hard import hard_row
from indexer.knowledge.match import match_names, part_score, part_scores
from indexer.knowledge.nameparts import in_characters, parse_name
from indexer.knowledge.readings import coarse_keys

Ints = NDArray[np.int64]
Key = tuple[str, str, str, str]
"""Type, language, name as printed, and the id of the entity that a table says it is: two such names are no pair."""
PAIRS = 500_000
"""Pairs looked at once."""
LONGEST_SHORT = 3
"""Letters of a part of a name that may be a family name standing first (Kim, Li)."""
PLAIN, SPELLED, LETTERS, FAMILY = 0, 1, 2, 3
"""Kinds of entries of blocks: all of a block meet, those in characters only those in letters, none (for `asked`)."""


class Edge(NamedTuple):
    """Two names that can be one, by number, with how sure that is and why."""

    first: int
    second: int
    score: float
    why: tuple[str, ...]


class Pairing:
    """The pairs among names that were taken in.

    Attributes:
        size: how many names were taken in. edges: all pairs of them that can be one.
    """

    def __init__(self) -> None:
        self.size = 0
        self.edges: list[Edge] = []
        self._blocks = np.zeros((0, 3), np.int64)  # hash, kind of entry, number

    def take_in(self, names: Sequence[Key]) -> None:
        """Find the pairs that names make which were not taken in before; a name's number is its place."""
        new = range(self.size, len(names))
        rows = [(block, kind, number) for number in new for block, kind in entries(names[number])]
        self.size = len(names)
        fresh = np.array(rows, np.int64).reshape(len(rows), 3)
        blocks = np.concatenate([self._blocks, fresh])
        self._blocks = blocks[np.argsort(blocks[:, 0], kind="stable")]
        busy = self._blocks[np.isin(self._blocks[:, 0], fresh[:, 0])]
        found = dict.fromkeys(self.edges)
        for pairs in _pairs(busy, new.start):
            found.update(dict.fromkeys(_Met(pairs, names).compared()))
        self.edges = list(found)

    def renumbered(self, number: Mapping[int, int]) -> Pairing:
        """The pairs and blocks of the names that stay, under their new numbers."""
        kept = Pairing()
        kept.size = len(number)
        kept.edges = [
            Edge(number[a], number[b], score, why) for a, b, score, why in self.edges if a in number and b in number
        ]
        stays = [i for i, old in enumerate(self._blocks[:, 2].tolist()) if old in number]
        kept._blocks = self._blocks[stays]
        kept._blocks[:, 2] = [number[old] for old in kept._blocks[:, 2].tolist()]
        return kept

    def columns(self) -> dict[str, NDArray[Any]]:
        """All that is kept, as arrays; reasons as numbers of the rows of `reasons`."""
        reasons = list(dict.fromkeys(edge.why for edge in self.edges))
        number = {why: i for i, why in enumerate(reasons)}
        return {
            "size": np.array([self.size]),
            "pairs": np.array([edge[:2] for edge in self.edges], np.int32).reshape(len(self.edges), 2),
            "scores": np.array([edge.score for edge in self.edges], np.float64),
            "whys": np.array([number[edge.why] for edge in self.edges], np.int32),
            "reasons": np.array(["\n".join(why) for why in reasons], np.str_),
            "blocks": self._blocks[:, 0].astype(np.uint32),
            "entries": self._blocks[:, 2].astype(np.int32),
            "kinds": self._blocks[:, 1].astype(np.uint8),
        }

    @classmethod
    def of_columns(cls, kept: Mapping[str, NDArray[Any]]) -> Pairing:
        """What `columns` gave."""
        found = cls()
        found.size = int(kept["size"][0])
        reasons = [tuple(why.split("\n")) for why in kept["reasons"].tolist()]
        rows = zip(kept["pairs"].tolist(), kept["scores"].tolist(), kept["whys"].tolist(), strict=True)
        found.edges = [Edge(a, b, score, reasons[why]) for (a, b), score, why in rows]
        found._blocks = np.stack([kept[name].astype(np.int64) for name in ("blocks", "kinds", "entries")], axis=1)
        return found


def entries(key: Key) -> Iterator[tuple[int, int]]:
    """The blocks of a name, as hashes, and what kind of entry it is there."""
    kind, language, text, known = key
    name = parse_name(text, language)
    if not name.parts or (known and kind == "person"):
        return
    if kind != "person":
        for sound in coarse_keys(name.parts[0], language) if sounds(name) else ():
            yield _hash(f"{kind} {sound}"), PLAIN
        return
    for block in blocks_of(name):
        yield _hash(block), PLAIN
    if (row := hard_row(text)) is not None:
        yield _hash(f"hard {row}"), PLAIN
    spelled = in_characters(name)
    for block in blurred(name):
        yield _hash(f"blurred {block}"), SPELLED if spelled else LETTERS
    family = coarse_keys(name.parts[-1], language)
    for sound in sorted({*family, *(f"{key.replace('l', '')[:2]}~" for key in family)}):
        yield _hash(f"family {sound}"), FAMILY
    if len(name.parts) > 1:  # within one language names are compared by their letters
        yield _hash(f"{language} {fold(name.parts[-1])}|{fold(name.parts[0])[:1]}"), PLAIN


def _hash(block: str) -> int:
    # names that share a block by chance alone are told apart when they are compared
    return crc32(block.encode("utf-8", "surrogatepass"))


def _pairs(busy: Ints, new: int) -> Iterator[Ints]:
    """Pairs of names that share a block, at least one of them from `new` on: arrays of (first, second), rising."""
    rows = busy[np.lexsort((busy[:, 2], busy[:, 1], busy[:, 0]))]
    place = rows[:, 0] * 4 + rows[:, 1]
    ends = np.searchsorted(place, place, side="right")
    # in a block the plain entries behind each one, and for each in characters all those in letters
    first = np.where(rows[:, 1] == PLAIN, np.arange(len(rows)) + 1, np.searchsorted(place, rows[:, 0] * 4 + LETTERS))
    last = np.where(rows[:, 1] == PLAIN, ends, np.searchsorted(place, rows[:, 0] * 4 + LETTERS, side="right"))
    sizes = np.where(rows[:, 1] >= LETTERS, 0, last - first)
    cuts = np.searchsorted(np.cumsum(sizes), np.arange(PAIRS, sizes.sum(), PAIRS))
    for begin, end in pairwise([0, *cuts.tolist(), len(rows)]):
        some = sizes[begin:end]
        a = np.repeat(np.arange(begin, end), some)
        b = np.arange(len(a)) - np.repeat(np.cumsum(some) - some - first[begin:end], some)
        one, two = rows[a, 2], rows[b, 2]
        wanted = (one != two) & ((one >= new) | (two >= new))
        pairs = np.stack([np.minimum(one, two)[wanted], np.maximum(one, two)[wanted]], axis=1)
        if len(pairs):
            yield np.unique(pairs, axis=0)


class _Met:
    """The names of some pairs: their parts as numbers, so that each two parts are scored once."""

    def __init__(self, pairs: Ints, keys: Sequence[Key]) -> None:
        self.numbers, at = np.unique(pairs, return_inverse=True)
        self.first, self.second = at.reshape(pairs.shape).T
        self.keys = [keys[number] for number in self.numbers.tolist()]
        self.names = [parse_name(text, language) for _, language, text, _ in self.keys]
        self._parts: dict[tuple[str, str], int] = {}
        self.given = np.array([self._number(name.parts[0], name.language) for name in self.names], np.int64)
        self.family = np.array([self._number(name.parts[-1], name.language) for name in self.names], np.int64)

    def _number(self, part: str, language: str) -> int:
        return self._parts.setdefault((part, language), len(self._parts))

    def compared(self) -> Iterator[Edge]:
        person = np.array([kind == "person" for kind, *_ in self.keys], bool)
        language = np.unique([language for _, language, _, _ in self.keys], return_inverse=True)[1]
        persons = person[self.first] & person[self.second]
        same = language[self.first] == language[self.second]
        yield from self._edges(self._written_alike(np.flatnonzero(persons & same)))
        yield from self._edges(self._sounding_alike(np.flatnonzero(persons & ~same)))
        known = np.array([bool(entity) for *_, entity in self.keys], bool)
        bodies = ~person[self.first] & ~person[self.second] & ~(known[self.first] & known[self.second])
        for i in np.flatnonzero(bodies & ~same).tolist():
            a, b = self.first[i], self.second[i]
            if self.keys[a][0] == self.keys[b][0] and alike(self.names[a], self.names[b]):
                yield Edge(int(self.numbers[a]), int(self.numbers[b]), ALIKE, ("sounds alike in another language",))

    def _edges(self, chosen: Iterable[int]) -> Iterator[Edge]:
        for i in chosen:
            one, two = sorted((self.first[i], self.second[i]), key=lambda at: self.keys[at])
            # in the order of their texts: numbers depend on the order in which articles came
            found = match_names(self.names[one], self.names[two])
            if found.same:
                yield Edge(int(self.numbers[one]), int(self.numbers[two]), found.score, found.reasons)

    def _written_alike(self, chosen: Ints) -> list[int]:
        return [
            i for i in chosen.tolist() if same_in_language(self.names[self.first[i]], self.names[self.second[i]])
        ]

    def _sounding_alike(self, chosen: Ints) -> list[int]:
        """First given names are compared, which are few, then the family names of those that agree."""
        several = np.array([len(name.parts) > 1 for name in self.names], bool)
        whole = ~several[self.first[chosen]] | ~several[self.second[chosen]]
        rows = np.array([-1 if (row := hard_row(name.text)) is None else row for name in self.names], np.int64)
        whole |= (rows[self.first[chosen]] >= 0) & (rows[self.second[chosen]] >= 0)
        rest = chosen[~whole]
        turning = np.array([name.script == "Hani" or any(len(p) <= LONGEST_SHORT for p in name.parts)
                            for name in self.names], bool)  # fmt: skip
        longer = np.array([len(name.parts) > 2 for name in self.names], bool)
        a, b = self.first[rest], self.second[rest]
        given_a, given_b, family_a, family_b = self.given[a], self.given[b], self.family[a], self.family[b]
        agree = self._agree(given_a, given_b, True)
        agree[agree] = self._agree(family_a[agree], family_b[agree], False)
        turned = ~agree & (turning[a] | turning[b])
        short = turned & ~(longer[a] | longer[b])
        turned[short] = self._agree(given_a[short], family_b[short], True)
        # of a longer name the part that becomes the given one is left to the comparison of the whole names
        crossed = np.zeros(len(rest), bool)
        crossed[turned] = self._agree(family_a[turned], given_b[turned], False)
        back = turned & ~crossed & ~short
        crossed[back] = self._agree(given_a[back], family_b[back], False)
        agree |= crossed
        return [*chosen[whole].tolist(), *rest[agree].tolist()]

    def _agree(self, a: Ints, b: Ints, given: bool) -> NDArray[np.bool_]:
        """Whether two parts can be one name, for each pair of numbers of parts."""
        codes, at = np.unique(a * len(self._parts) + b, return_inverse=True)
        parts = list(self._parts)
        rows = [(parts[code // len(parts)], parts[code % len(parts)]) for code in codes.tolist()]
        wanted = [(one, two, language, other, given) for (one, language), (two, other) in rows]
        part_scores(wanted)
        return np.array([part_score(*pair)[0] > 0 for pair in wanted], bool)[at]
