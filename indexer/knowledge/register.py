"""Who is named in which article: what joining names needs of an archive, in columns, so that no article is read again.

A name is `(type, language, as printed, id of the entity that a table says it is, or "")`; each has a number. Every
article is a row of the numbers of its names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge.columns import Ragged, texts_of, texts_to
from indexer.knowledge.fold import fold

Name = tuple[str, str, str, str]
Ints = NDArray[np.int64]


def names_of(language: str, mentions: Iterable[tuple[str, str, float, str]], threshold: float) -> list[Name]:
    """The distinct names of one article that are sure enough, of the type, lemma, confidence and entity of each."""
    found: dict[Name, None] = {}
    for kind, lemma, sure, entity in mentions:
        if sure >= threshold:
            found[entity.partition(":")[0] if entity else kind, language, lemma, entity] = None
    return list(found)


class Register:
    """The names of all articles.

    Attributes:
        ids: of the articles. names: by their numbers.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.names: list[Name] = []
        self._numbers: dict[Name, int] = {}
        self._rows = Ragged(np.int32)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, article_id: str, names: Iterable[Name]) -> None:
        """Take in one article."""
        numbers = self._numbers
        if not numbers and self.names:
            numbers.update((name, i) for i, name in enumerate(self.names))
        row = []
        for name in names:
            number = numbers.get(name)
            if number is None:
                number = numbers[name] = len(self.names)
                self.names.append(name)
            row.append(number)
        self.ids.append(article_id)
        self._rows.append(sorted(row))
        self._forget()

    def remove(self, gone: Collection[str]) -> NDArray[np.bool_]:
        """Take articles out; returns which rows stay."""
        stays = np.array([article_id not in gone for article_id in self.ids], bool)
        if not stays.all():
            self.ids = [article_id for article_id, stay in zip(self.ids, stays.tolist(), strict=True) if stay]
            self._rows = self._rows.chosen(np.flatnonzero(stays))
            self._forget()
        return stays

    def _forget(self) -> None:
        for name in ("counts", "_articles", "companions"):
            self.__dict__.pop(name, None)

    @cached_property
    def counts(self) -> Ints:
        """The number of articles that have each name."""
        return np.bincount(self._rows.values, minlength=len(self.names))

    @cached_property
    def _articles(self) -> tuple[Ints, Ints]:
        """Where the articles of each name begin, and the articles, name by name."""
        order = np.argsort(self._rows.values, kind="stable")
        return np.concatenate([[0], np.cumsum(self.counts)]), self._rows.owner[order]

    @cached_property
    def companions(self) -> tuple[Ints, list[str]]:
        """For each name what it is to those beside it (an entity, or a family name; -1 nothing), and what that is."""
        known: dict[str, int] = {}
        found = np.full(len(self.names), -1, np.int64)
        for i, (kind, _, text, entity) in enumerate(self.names):
            what = entity or (fold(text.split()[-1]) if kind == "person" and text.strip() else "")
            if what:
                found[i] = known.setdefault(what, len(known))
        return found, list(known)

    def articles(self, names: Iterable[int]) -> Ints:
        """The rows of the articles that have one of these names, rising; one with two of them stands twice."""
        begins, rows = self._articles
        return np.sort(np.concatenate([np.zeros(0, np.int64), *(rows[begins[n] : begins[n + 1]] for n in names)]))

    def beside(self, names: Iterable[int]) -> dict[str, int]:
        """What stands in the articles of these names, and in how many of them."""
        what, told = self.companions
        found = what[self._rows.chosen(self.articles(names)).values]
        numbers, counts = np.unique(found[found >= 0], return_counts=True)
        return {told[number]: count for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)}

    def meant(self, meaning: Sequence[int]) -> Ragged:
        """For each article the numbers that its names mean (-1 nothing), each once, rising."""
        found = np.array(meaning, np.int64)[self._rows.values] if len(self.names) else np.zeros(0, np.int64)
        some, most = found >= 0, max(1, int(found.max(initial=0)) + 1)
        pairs = np.sort(self._rows.owner[some] * most + found[some], kind="stable")
        pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
        return Ragged(np.int64, np.searchsorted(pairs // most, np.arange(len(self.ids) + 1)), pairs % most)

    def having(self, wanted: NDArray[np.bool_]) -> Ints:
        """The rows of the articles that have one of the names wanted."""
        return np.unique(self._rows.owner[wanted[self._rows.values]]) if len(self.names) else np.zeros(0, np.int64)

    def tidied(self) -> dict[int, int]:
        """Drop names that no article has any more; returns old number → new number."""
        number = {old: new for new, old in enumerate(np.flatnonzero(self.counts).tolist())}
        if len(number) < len(self.names):
            moved = np.zeros(len(self.names), np.int32)
            moved[list(number)] = list(number.values())
            self._rows = Ragged(np.int32, self._rows.first, moved[self._rows.values])
            self.names = [self.names[old] for old in number]
            self._numbers = {}
            self._forget()
        return number

    def columns(self) -> dict[str, NDArray[Any]]:
        return {
            "ids": texts_to(self.ids),
            "names": texts_to([part for name in self.names for part in name]),
            "first": self._rows.first,
            "rows": self._rows.values,
        }

    @classmethod
    def of_columns(cls, kept: Mapping[str, NDArray[Any]]) -> Register:
        """What `columns` gave."""
        found = cls()
        found.ids = texts_of(kept["ids"])
        parts = iter(texts_of(kept["names"]))
        found.names = list(zip(parts, parts, parts, parts, strict=True))
        found._rows = Ragged(np.int32, kept["first"], kept["rows"])
        return found
