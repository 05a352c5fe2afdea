"""Names that differ only in what tells the sexes apart: Daniel and Daniela, Ivanov and Ivanova, Mario and Maria.

The ending -a is kept in all the scripts that are read here. Where a language writes -a for an o that is not stressed
(Belarusian), or leaves a final -e silent (Louise, Луиза), an ending tells nothing.
"""

from __future__ import annotations

from functools import lru_cache

from indexer.knowledge.fold import script_of
from indexer.knowledge.readings import readings

WOMEN, MEN = ("ova", "eva", "ina", "ska", "skaia", "aia", "ckaia", "cka"), ("v", "n", "ski", "oi", "cki", "i")
_FRONT, _BACK = frozenset("ei"), frozenset("aou")


@lru_cache(maxsize=32_768)
def _endings(part: str, language: str) -> tuple[bool, bool, bool]:
    """Whether all readings of a part end in a, whether none does, and whether all that do not end in o."""
    ways = [way for way in readings(part, language) if way]
    ends = [way.endswith("a") for way in ways]
    some = any if script_of(part) == "Arab" else all  # which writes o as it does u and v
    return bool(ways) and all(ends), not any(ends), bool(ways) and some(way.endswith("o") for way in ways)


def other_sex(a: str, b: str, language_a: str, language_b: str, given: bool) -> bool:
    """Whether two parts that may sound alike are a woman's and a man's."""
    if given and _front_and_back(a, b, language_a, language_b):
        return True
    for woman, man, one, two in ((a, b, language_a, language_b), (b, a, language_b, language_a)):
        if not _endings(woman, one)[0] or not _endings(man, two)[1]:
            continue
        if not given:
            return _slavic(woman, man, one, two)
        unstressed = script_of(woman) == "Cyrl" and one in ("", "be")
        silent = script_of(man) == "Latn" and man[-1:] in "eE"
        blurred = "Hani" in (script_of(woman), script_of(man))
        if not blurred and not silent and not (unstressed and _endings(man, two)[2]):
            return True
    return False


def _slavic(woman: str, man: str, one: str, two: str) -> bool:
    """Whether one family name is the woman's form of the other."""
    return any(way.endswith(WOMEN) for way in readings(woman, one)) and all(
        way.endswith(MEN) for way in readings(man, two)
    )


def _front_and_back(a: str, b: str, language_a: str, language_b: str) -> bool:
    """Whether given names begin with vowels of different places (Anna, Inna)."""
    ways_a = {way[:1] for way in readings(a, language_a)}
    ways_b = {way[:1] for way in readings(b, language_b)}
    return (ways_a <= _FRONT and ways_b <= _BACK) or (ways_a <= _BACK and ways_b <= _FRONT)
