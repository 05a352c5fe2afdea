"""Whom a name means by its sound, though no article prints it so."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge.columns import texts_of
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.fold import script_of
from indexer.knowledge.match import match_names, may_be_one, part_score
from indexer.knowledge.nameparts import parse_name
from indexer.knowledge.pairing import FAMILY, LETTERS, PLAIN, SPELLED, entries

MOST_COMPARED = 2_000
SOUNDS, FAMILY_SOUNDS = 0.8, 0.86
"""Scores from which on a whole name, or a family name alone, is taken to be the one that was typed."""
SHORTEST = 4
"""Letters of a family name that is found by its sound."""
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


class Sounding:
    """Looks for names among the columns that a run left (`known.npz`); without them nothing is found."""

    def __init__(self, entities: EntityTable, known: Path | None) -> None:
        self.entities = entities
        self._known = known

    def whole(self, text: str) -> tuple[str, ...]:
        """Ids of the entities whose name of several parts sounds like a text."""
        asked = parse_name(text, "")
        if len(asked.parts) < 2:
            return ()
        names = ((parse_name(*self._printed_as(n)), n) for n in self._near(text, family=False))
        rows = ((match_names(asked, name), n) for name, n in names if may_be_one(asked, name))
        return self._best(((found.score, n) for found, n in rows if found.same), SOUNDS)[:1]

    def family(self, word: str) -> tuple[str, ...]:
        """Ids of the persons whose family name sounds like a word."""
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

    def _near(self, text: str, *, family: bool) -> Iterator[int]:
        """Numbers of the names that share a block with a name."""
        blocks = self._columns["blocks"]
        if not len(blocks):
            return
        kinds, numbers = self._columns["kinds"], self._columns["entries"]
        asked = [(block, kind) for block, kind in entries(("person", "", text, "")) if (kind == FAMILY) == family]
        wanted = np.array([block for block, _ in asked], blocks.dtype)  # of another type all blocks would be copied
        begins, ends = (np.searchsorted(blocks, wanted, side).tolist() for side in SIDES)
        seen: set[int] = set()
        for (_, kind), begin, end in zip(asked, begins, ends, strict=True):
            meets = {PLAIN: PLAIN, SPELLED: LETTERS, LETTERS: SPELLED, FAMILY: FAMILY}[kind]
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

    def _printed_as(self, number: int) -> tuple[str, str]:
        """Name and language of a name."""
        names = self._names[0]
        return names[4 * number + 2], names[4 * number + 1]
