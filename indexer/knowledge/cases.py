"""Names of one language that are one name in several cases: Барак Обамы and Барак Обаме are Барак Обама.

An article often has a name in one case only, and its ending alone does not tell the nominative (Обаме may be a form of
Обам); the names of a whole archive do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from indexer.knowledge.fold import fold
from indexer.knowledge.lexicon import Lexicon, lexicon
from indexer.knowledge.nameparts import parse_name
from indexer.knowledge.persons import restored
from indexer.knowledge.register import Name
from indexer.knowledge.tables import cues, table

FAR_MORE = 4
"""A form that is so many times as frequent as another is not an oblique case of it."""

MOST_BEHIND = 3
"""Characters behind a name that may have been taken for a part of it."""

Parts = tuple[str, ...]


class Case(NamedTuple):
    """Of a name in an oblique case: the number of the name that stands for it, and the nominative as printed."""

    stands: int
    printed: str
    why: str = "another case of the name"


def cases(names: Sequence[Name], counts: Sequence[int], chosen: Iterable[int]) -> dict[int, Case]:
    """Which of the persons' names chosen, by number, are oblique cases of others of their language.

    The nominative is a name that the archive has, or one to which two or more names in other cases point.
    """
    languages: dict[str, list[int]] = {}
    for number in chosen:
        languages.setdefault(names[number][1], []).append(number)
    found: dict[int, Case] = {}
    found.update(_overlong(names, languages.pop("zh", ())))
    for language, numbers in languages.items():
        lex = lexicon(language)
        if lex.endings.declines:
            ordered = sorted(numbers, key=lambda n: (-counts[n], names[n]))
            found.update(_Declined(lex, names, counts, ordered).cases())
    return found


def _overlong(names: Sequence[Name], numbers: Sequence[int]) -> dict[int, Case]:
    """Foreign names in Chinese that go on with what is written behind them (图尔钦直 for 图尔钦): the archive has them
    without it, and it begins with a character that seldom spells a name."""
    numbered = {names[number][2]: number for number in numbers}
    spelling = str(table("syllables.json")["characters"])
    found: dict[int, Case] = {}
    for text, number in numbered.items():
        for end in range(len(text) - MOST_BEHIND if "·" in text else len(text), len(text)):
            if text[:end] in numbered and text[end] not in spelling:
                found[number] = Case(numbered[text[:end]], text[:end], "the name without what stands behind it")
                break
    return found


class _Declined:
    def __init__(self, lex: Lexicon, names: Sequence[Name], counts: Sequence[int], ordered: Sequence[int]) -> None:
        self.lex, self.names, self.counts = lex, names, counts
        self.parts: dict[int, Parts] = {}
        self.attested: dict[Parts, int] = {}
        for number in ordered:
            _, language, text, _ = names[number]
            parts = tuple(part.casefold() for part in parse_name(text, language).parts)
            self.parts[number] = parts
            self.attested.setdefault(tuple(map(fold, parts)), number)

    def cases(self) -> dict[int, Case]:
        found: dict[int, Case] = {}
        pointing: dict[Parts, list[int]] = {}
        for number, parts in self.parts.items():
            for base in self._bases(parts):
                stands = self.attested.get(tuple(map(fold, base)))
                if stands is None and base[-1] != parts[-1] and not self._either(parts[-1], base[-1]):
                    pointing.setdefault(base, []).append(number)
                elif stands not in (None, number) and number not in found:
                    self._put(found, number, stands)
        for base, numbers in sorted(pointing.items(), key=lambda row: (-len(row[1]), row[0])):
            alone = [number for number in numbers if number not in found and len(base) > 1]
            if len(alone) > 1:
                first = alone[0]
                printed = _printed(self.names[first][2], base)
                found.update((number, Case(first, printed)) for number in alone)
        return found

    def _put(self, found: dict[int, Case], number: int, stands: int) -> None:
        """Take a name for a case of another, or that for a case of it where it is far more frequent."""
        if self.counts[number] >= FAR_MORE * self.counts[stands]:
            number, stands = stands, number
        stands = found[stands].stands if stands in found else stands
        if number not in found and stands != number:
            found[number] = Case(stands, self.names[stands][2])

    def _bases(self, parts: Parts) -> Iterator[Parts]:
        """The nominatives that a name may have, but itself; every part with its ending or without."""
        *front, last = parts
        fronts = [(part, *self._given(part)) for part in front]
        for before in product(*fronts):
            woman = bool(front) and before[0] != front[0] and fold(front[0]) in cues("women_like_men")
            if woman and self._as_woman(last):
                continue  # Александра Белова is a woman's name as it stands
            for base in self._surnames(last, before[0] if before else None):
                if (*before, base) != parts and not (woman and base == last):
                    yield (*before, base)

    def _given(self, part: str) -> tuple[str, ...]:
        bases = [base.rstrip("'’") for base in self.lex.endings.bases("given", part)]
        known = [base for base in bases if fold(base) in self.lex.given]
        return tuple(known or (bases if fold(part) not in self.lex.given else ()))

    def _surnames(self, last: str, given: str | None) -> tuple[str, ...]:
        ends = self.lex.endings
        in_a = [base for base in ends.bases("given", last) if base[-1] in "аяa"]
        if given is None:
            kinds: tuple[str, ...] = () if fold(last) in self.lex.given or self._as_woman(last) else ("male",)
        elif given[-1:] in "аяa" and fold(given) not in cues("male_in_a"):
            kinds = ("female",)
        else:
            kinds = ("male",)
        if ends.fixed(last) and len(last) < 5:
            kinds = ()
        bases = (base.rstrip("'’") for kind in kinds for base in (*ends.bases(kind, last), *in_a))
        return tuple(dict.fromkeys((last, *bases)))

    @staticmethod
    def _either(last: str, base: str) -> bool:
        """Whether a family name in -i may as well be a nominative: only the archive can tell."""
        return last[-1] in "иіi" and base[-1] in "аяa"

    def _as_woman(self, last: str) -> bool:
        """Whether a family name ends as women's do."""
        return last.endswith(self.lex.endings.women)


def _printed(text: str, base: Parts) -> str:
    """A nominative in the capitals of a name as it was printed."""
    words = text.split()
    if len(words) != len(base):
        return " ".join(part.title() for part in base)
    return " ".join(restored(word, word.casefold(), part) for word, part in zip(words, base, strict=True))
