"""Case endings of names, as tables: what a name looks like without its ending, and which names it may be a form of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from indexer.knowledge.fold import fold
from indexer.knowledge.tables import cues

SHORTEST = 3
VOWELS = frozenset("аеёиоуыэюяіїєaeiouyąęó")
HARD_VOWELS = frozenset("аоуеиэіё")
PLURAL = frozenset("ыиіy")  # names that end so are mostly plural, and may lose it
DECLINING = frozenset("аяыиay")  # of the vowels that a name ends in, those that give way to other endings
CHANGING = frozenset("йьіїў")  # letters in which the end of a name may be another in its cases (Львів, Львова)
DECLINING_NEUTER = ("во", "ино", "іно", "ско", "ево")
CASE_ENDS = frozenset("аеиоуыэюяіїєйьмхaeiouyąęójmh")


class Endings:
    """One language's endings.

    Args:
        rows: `phrase` (endings cut from the words of known names), `given`, `male`, `female` (pairs ending>endings of
            the name as printed), `fixed` (endings of names that never change).
    """

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._cut = frozenset(fold(ending) for ending in str(rows.get("phrase", "")).split())
        self._cut_sizes = sorted({len(ending) for ending in self._cut}, reverse=True)
        self._fixed = tuple(str(rows.get("fixed", "")).split())
        self._pairs = {kind: _pairs(str(rows.get(kind, ""))) for kind in ("given", "male", "female")}
        #: how women's family names end that men's do not
        self.women = tuple({stand for _, stands in self._pairs["female"] for stand in stands if len(stand) > 2})
        #: whether names change at all
        self.any = any(self._pairs.values())
        #: whether names have cases, and not merely a genitive s
        self.declines = bool(self._pairs["male"]) and len(self._pairs["male"]) > 1
        self.cut = lru_cache(maxsize=32_768)(self._without_ending)
        self.bases = lru_cache(maxsize=32_768)(self._bases)

    def _without_ending(self, folded: str) -> str:
        """The word without its ending; a short word stays whole."""
        size = len(folded)
        for ending in self._cut_sizes:
            if size - ending >= SHORTEST and folded[size - ending :] in self._cut:
                return folded[: size - ending]
        return folded

    def agrees(self, name: str, folded: str, neuter: bool = False) -> bool:
        """Whether a word with the same key as a known name can be a form of it.

        Where names do not change but for an s, only that is allowed. Elsewhere a name that ends in a vowel never loses
        it altogether, and one that is short or never changes must stand as it is. With `neuter` it is a noun, and those
        in о and е have cases (министерство, министерству), which of names only some have (Косово, but Токио).
        """
        plain = fold(name)
        if plain == folded:
            return True
        if not self.declines:
            return bool(self._cut) and folded == plain + "s"
        stem = self.cut(plain)
        if not folded.startswith(stem):
            return False
        if stem != plain and plain[-1:] not in VOWELS and not set(plain[len(stem) :]) & CHANGING:
            surname = folded[len(plain) :].startswith(cues("of_surnames"))
            return folded.startswith(plain) and len(folded) - len(plain) <= 3 and not surname  # Львове, but no Льва
        if plain[-1:] in PLURAL and len(stem) > SHORTEST:
            return len(folded) - len(stem) <= 3
        if plain[-1:] in VOWELS:
            if plain[-1] in "ое" and (neuter or plain.endswith(DECLINING_NEUTER)):
                return folded[len(plain) - 1 :] in cues("neuter_cases") and folded.startswith(plain[:-1])
            return plain[-1] in DECLINING and len(stem) >= SHORTEST and folded != stem and folded[-1] in CASE_ENDS
        if folded[len(plain) :].startswith(cues("of_surnames")) and not folded.endswith(("ові", "еві", "owi")):
            return False
        return len(folded) - len(stem) <= 3

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys under which the cases of a known name of one word are found: Schweden, but Schwedens; Львов and
        Бирмингем, but Львове and Бирмингемом, which keep what looks like an ending; Китай, but Китая, which ends as an
        adjective may."""
        key = self.cut(name)
        if not self.declines:
            return tuple(dict.fromkeys((key, self.cut(name + "s")))) if self._cut else (key,)
        if name.endswith("й"):
            return tuple(dict.fromkeys((key, self.cut(name[:-1] + "я"))))
        return (key,) if name[-1:] in VOWELS else tuple(dict.fromkeys((key, name)))

    def _bases(self, kind: str, folded: str) -> tuple[str, ...]:
        """The names of which a folded word may be an inflected form, likeliest first; without the word itself."""
        found: dict[str, None] = {}
        for ending, stands in self._pairs.get(kind, ()):
            if folded.endswith(ending) and (len(folded) - len(ending) >= 2 or folded == ending):
                stem = folded[: len(folded) - len(ending)] if ending else folded
                if ending in VOWELS and stem[-1:] in HARD_VOWELS and "" in stands:
                    continue  # Салаверриа is no case of Салаверри
                for printed in stands:
                    found[stem + printed] = None
        found.pop(folded, None)
        return tuple(found)

    def ending(self, kind: str, folded: str) -> int:
        """Length of the longest ending of that kind that a word has."""
        return next((len(ending) for ending, _ in self._pairs.get(kind, ()) if folded.endswith(ending)), 0)

    def fixed(self, folded: str) -> bool:
        """Whether a name with this ending never changes."""
        return folded.endswith(self._fixed) if self._fixed else False


def _pairs(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = []
    for pair in text.split():
        ending, _, stands = pair.partition(">")
        rows.append((ending, tuple(stands.split("|"))))
    return tuple(sorted(rows, key=lambda row: -len(row[0])))
