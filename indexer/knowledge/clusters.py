"""Names taken to be one person's or one organisation's, and the keys under which names find each other."""

from __future__ import annotations

from functools import lru_cache

from indexer.knowledge.entities import Join
from indexer.knowledge.fold import fold
from indexer.knowledge.given import groups
from indexer.knowledge.hard import hard_row
from indexer.knowledge.match import part_score
from indexer.knowledge.nameparts import Name, in_characters
from indexer.knowledge.readings import coarse_keys, romanised
from indexer.knowledge.transcription import likely_beginnings

ALIKE = 0.8  # how alike the parts of two organisations' names must sound
LEAST_LETTERS = 4  # letters of an abbreviation that two scripts may have alike
LEAST_SOUND = 6  # letters of an organisation that may be joined by its sound


class Cluster:
    """Names taken to be one person's or one organisation's, by their numbers, the most frequent first."""

    def __init__(self, number: int, name: Name, count: int) -> None:
        self.numbers: list[int] = [number]
        self.names: list[Name] = [name]
        self.count = count
        self.joins: list[Join] = []

    def contradicts(self, name: Name) -> bool:
        """Whether the cluster has a name of the same language that is another one."""
        return any(own.language == name.language and not same_in_language(own, name) for own in self.names)

    def take(self, number: int, name: Name, count: int, join: Join | None) -> None:
        """Another name of the same."""
        self.numbers.append(number)
        self.names.append(name)
        self.count += count
        if join is not None:
            self.joins.append(join)


def same_in_language(a: Name, b: Name) -> bool:
    """Whether two names of one language are one but for accents, initials and names in between."""
    row = hard_row(a.text)
    if row is not None and row == hard_row(b.text):
        return True
    parts_a, parts_b = [fold(p) for p in a.parts], [fold(p) for p in b.parts]
    if parts_a[-1] != parts_b[-1]:
        return False
    short, long = sorted((parts_a[0], parts_b[0]), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def alike(a: Name, b: Name) -> bool:
    """Whether two names of organisations have as many parts, each of which sounds alike; short ones by letters."""
    if min(len(a.text), len(b.text)) < LEAST_SOUND:
        letters = [romanised(name.text, name.language) for name in (a, b)]
        return a.script != b.script and letters[0] == letters[1]
    if len(a.parts) != len(b.parts):
        return False
    return all(
        part_score(x, y, a.language, b.language, False)[0] >= ALIKE for x, y in zip(a.parts, b.parts, strict=True)
    )


def blocks_of(name: Name) -> list[str]:
    """Keys under which names are compared: how the family name sounds roughly, and how the given name begins.

    Where the order of the parts varies, both ends are family names.
    """
    if len(name.parts) < 2:
        return ["=" + fold(name.parts[0])] if name.parts else []
    ends = [(name.parts[-1], name.parts[0])]
    if name.script == "Hani" or any(len(part) <= 3 for part in name.parts):
        ends.append((name.parts[0], name.parts[-1]))
    found: set[str] = set()
    for family, given in ends:
        sounds = {*coarse_keys(family, name.language), "=" + fold(family)}
        found |= {f"{sound}|{head}" for sound in sounds for head in _beginnings(given, name.language)}
    return sorted(found)


def blurred(name: Name) -> list[str]:
    """Keys under which names spelled in characters, whose sound is blurred, and all others find each other.

    Two consonants, with and without r and l: Chinese leaves out an r before another consonant.
    """
    if len(name.parts) < 2:
        return []
    given, family = name.parts[0], name.parts[-1]
    keys = coarse_keys(family, name.language)
    sounds = {key[:2] for key in keys} | {key.replace("l", "")[:2] for key in keys}
    heads = set(_beginnings(given, name.language))
    if in_characters(name):
        sounds |= likely_beginnings(family)
        heads |= {sound[:1] for sound in likely_beginnings(given)}
    return sorted(f"{sound}|{head}" for sound in sounds for head in heads)


def sounds(name: Name) -> bool:
    """Whether a name of an organisation or a place is long enough to be known by its sound; МЕРА is."""
    return len(fold(name.text)) >= (LEAST_LETTERS if name.text.isupper() else LEAST_SOUND)


@lru_cache(maxsize=32_768)
def _beginnings(given: str, language: str) -> tuple[str, ...]:
    """How a given name may begin: rough sounds of its first letter, and the names it is a form of."""
    sounds = {key[:1] for key in coarse_keys(given, language)}
    return tuple(sorted(sounds | {str(number) for number in groups().get(fold(given), ())}))
