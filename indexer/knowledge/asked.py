"""Whom or what the names mean that people type, in any language, spelling and case.

    asked = Asked(entities, path_of_known)
    asked.whole("Сергея Лаврова")      # ids of the entities that a whole name means
    asked.single("Lawrow")             # … that a word means which is a name by itself, or somebody's family name

First comes what the archive prints, then its case forms, and at last what sounds like it: somebody whose name no
article of that language prints is found by the name of the others.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.languages import codes
from indexer.knowledge.columns import texts_of
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.fold import script_of
from indexer.knowledge.inflect import Endings
from indexer.knowledge.match import match_names, parse_name, part_score
from indexer.knowledge.pairing import FAMILY, LETTERS, PLAIN, SPELLED, entries
from indexer.knowledge.tables import table, words

MOST_WORDS, MOST_FORMS, MOST_COMPARED = 4, 48, 2_000
SOUNDS, FAMILY_SOUNDS = 0.8, 0.86
"""Scores from which on a whole name, or a family name alone, is taken to be the one that was typed."""
SHORTEST = 4
"""Letters of a family name that is found by its sound."""


class Asked:
    """Names as people type them.

    Args:
        entities: the table, with the corrections applied.
        known: the columns that a run left (`known.npz`); without them only printed names are known.
        prints: whether the archive prints a word at all; one that it prints is not looked for by its sound, as it may
            be any word.
    """

    def __init__(
        self, entities: EntityTable, known: Path | None = None, prints: Callable[[str], bool] = lambda _: False
    ) -> None:
        self.entities = entities
        self._known = known
        self._prints = prints

    @cached_property
    def _columns(self) -> Mapping[str, NDArray[Any]]:
        wanted = ("register/names", "pairing/blocks", "pairing/kinds", "pairing/entries", "meant")
        try:
            if self._known is not None:
                with np.load(self._known, allow_pickle=False) as kept:
                    return {name.rpartition("/")[2]: kept[name] for name in wanted}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            pass
        return {"blocks": np.zeros(0, np.uint32)}

    @cached_property
    def _names(self) -> tuple[list[str], list[str | None]]:
        """Type, language, name and known id of each name, one behind the other; and what each name means."""
        return texts_of(self._columns["names"]), texts_of(self._columns["meant"])

    def whole(self, text: str) -> tuple[str, ...]:
        """Ids of the entities whose whole name a text of several words (or characters) is."""
        parts = text.split()
        if len(parts) > MOST_WORDS or (len(parts) < 2 and script_of(text) != "Hani"):
            return ()
        found = self._printed(text, alone=False)
        if found or len(parts) > MOST_WORDS:
            return found
        forms = list(_nominatives(parts))
        for form in forms:
            if found := self._printed(form, alone=False):
                return found
        for form in (text, *forms):
            if found := self._sounding(form):
                return found
        return ()

    def single(self, word: str) -> tuple[str, ...]:
        """Ids of the entities of which a word is a whole name, or the family name."""
        found = self._printed(word, alone=True)
        if found or not word[:1].isalpha() or word[:1].islower():
            return found
        for form in _nominatives([word]):
            if found := self._printed(form, alone=True):
                return found
        return self._family(word) if self._may_be_name(word) else ()

    def _may_be_name(self, word: str) -> bool:
        """Whether a word that no article prints as a name can be one all the same."""
        if script_of(word) == "Hani":
            return all(char in _spelling() or "\u30a0" <= char <= "\u30ff" for char in word)
        return not self._prints(word)

    def _printed(self, text: str, *, alone: bool) -> tuple[str, ...]:
        """By a printed name, case and accents folded; `alone` lets a family name do."""
        found = self.entities.lookup(text)
        return found if alone or " " in text.strip() or script_of(text) == "Hani" else ()

    def _near(self, text: str, *, family: bool) -> Iterator[int]:
        """Numbers of the names that share a block with a name."""
        blocks = self._columns["blocks"]
        if not len(blocks):
            return
        kinds, numbers = self._columns["kinds"], self._columns["entries"]
        seen: set[int] = set()
        for block, kind in entries(("person", "", text, "")):
            begin, end = (int(np.searchsorted(blocks, block, side)) for side in ("left", "right"))
            meets = {PLAIN: PLAIN, SPELLED: LETTERS, LETTERS: SPELLED, FAMILY: FAMILY}[kind]
            if (kind == FAMILY) == family:
                for number in numbers[begin:end][kinds[begin:end] == meets].tolist():
                    if number not in seen and len(seen) < MOST_COMPARED:
                        seen.add(number)
                        yield number

    def _best(self, scores: Iterable[tuple[float, int]], least: float) -> tuple[str, ...]:
        """The entities of the best scores, the most written of first; those of others are no better guess."""
        best: dict[str, float] = {}
        for score, number in scores:
            entity_id = self._names[1][number]
            current = self.entities.current(entity_id) if entity_id else ""
            if score >= least and current in self.entities.records:
                best[current] = max(score, best.get(current, 0.0))
        top = max(best.values(), default=0.0)
        chosen = [one for one, score in best.items() if score >= top - 0.02]
        return tuple(sorted(chosen, key=lambda one: (-self.entities.records[one].articles(), one)))

    def _sounding(self, text: str) -> tuple[str, ...]:
        asked = parse_name(text, "")
        if len(asked.parts) < 2:
            return ()
        rows = ((match_names(asked, parse_name(*self._printed_as(n))), n) for n in self._near(text, family=False))
        return self._best(((found.score, n) for found, n in rows if found.same), SOUNDS)[:1]

    def _family(self, word: str) -> tuple[str, ...]:
        least = FAMILY_SOUNDS if script_of(word) != "Hani" else SOUNDS
        if len(word) < (SHORTEST if script_of(word) != "Hani" else 2):
            return ()
        rows: list[tuple[float, int]] = []
        for number in self._near(word, family=True):
            text, language = self._printed_as(number)
            name = parse_name(text, language)
            if len(name.parts) > 1:
                rows.append((part_score(word, name.parts[-1], "", language, False)[0], number))
        return self._best(rows, least)

    def _printed_as(self, number: int) -> tuple[str, str]:
        """Name and language of a name."""
        names = self._names[0]
        return names[4 * number + 2], names[4 * number + 1]


@lru_cache(maxsize=1)
def _spelling() -> frozenset[str]:
    """Characters with which Chinese spells foreign names."""
    return frozenset(str(table("syllables.json")["characters"]) + "·")


@lru_cache(maxsize=1)
def _inflecting() -> tuple[tuple[str, Endings], ...]:
    """The script and the endings of the languages whose names change."""
    found = []
    for code in codes():
        rows = words(code).get("endings") or {}
        endings = Endings(rows)
        if endings.any:
            script = script_of(str(rows.get("male", "") or rows.get("given", "")).lstrip(">|-"))
            found.append((script, endings))
    return tuple(found)


def _nominatives(parts: list[str]) -> Iterator[str]:
    """The names of which the words typed may be a case, the likeliest first."""
    script = script_of(parts[0])
    found: dict[str, None] = {}
    for own, endings in _inflecting():
        if own != script:
            continue
        low = [part.lower() for part in parts]
        family = [low[-1], *endings.bases("male", low[-1]), *endings.bases("female", low[-1])]
        given = [low[0], *endings.bases("given", low[0])] if len(parts) > 1 else [""]
        for first in given:
            for last in family:
                found[" ".join(filter(None, (first, *low[1:-1], last))).title()] = None
    found.pop(" ".join(parts).title(), None)
    yield from list(found)[:MOST_FORMS]
