"""Whom or what the names mean that people type, in any language, spelling and case.

    asked = Asked(entities, path_of_known)
    asked.whole("Сергея Лаврова")      # ids of the entities that a whole name means
    asked.single("Lawrow")             # … that a word means which is a name by itself, or somebody's family name

First comes what the archive prints, then its case forms, and at last what sounds like it: somebody whose name no
article of that language prints is found by the name of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.languages import codes
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.fold import script_of
from indexer.knowledge.inflect import Endings
from indexer.knowledge.tables import table, words

if TYPE_CHECKING:
    from indexer.knowledge.sounding import Sounding

MOST_WORDS, MOST_FORMS = 4, 48


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
    def _by_sound(self) -> Sounding:
        # what compares names is not for those who type them as the archive prints them
        from indexer.knowledge.sounding import Sounding

        return Sounding(self.entities, self._known)

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
            if found := self._by_sound.whole(form):
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
        return self._by_sound.family(word) if self._may_be_name(word) else ()

    def _may_be_name(self, word: str) -> bool:
        """Whether a word that no article prints as a name can be one all the same."""
        if script_of(word) == "Hani":
            return all(char in _spelling() or "\u30a0" <= char <= "\u30ff" for char in word)
        return not self._prints(word)

    def _printed(self, text: str, *, alone: bool) -> tuple[str, ...]:
        """By a printed name, case and accents folded; `alone` lets a family name do."""
        found = self.entities.lookup(text)
        return found if alone or " " in text.strip() or script_of(text) == "Hani" else ()


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
        given = [[part, *endings.bases("given", part)][:MOST_FORMS] for part in low[:-1]]
        for name in islice(product(*given, family), MOST_FORMS):
            found[" ".join(name).title()] = None
    found.pop(" ".join(parts).title(), None)
    yield from list(found)[:MOST_FORMS]
