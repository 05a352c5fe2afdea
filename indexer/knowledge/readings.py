"""How a name is read: from letters of any script to rough sounds, and from those to a skeleton of consonants.

A name has several readings (German v is f or v, English ch is ch or k). The rules are in data/readings.yaml, in the
manner of the transcription tables in common use; Chinese is read by its pinyin.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import zip_longest

from indexer.knowledge.chinese import palladius_cuts, pinyin_of, pinyin_syllables
from indexer.knowledge.fold import script_of
from indexer.knowledge.tables import table

MOST = 12
_SCRIPTS = {"de": "Latn", "fr": "Latn", "pl": "Latn", "nl": "Latn", "es": "Latn", "be": "Cyrl", "uk": "Cyrl"}
_LABIAL = re.compile("ン(?=[マミムメモ])")
_TABLES = {"Cyrl": "cyrillic", "Arab": "arabic", "Hani": "kana", "Latn": "latin"}
_LETTERS = {"Z": "zh", "S": "sh", "C": "ch", "c": "ts"}
_PLAIN_VOWELS = str.maketrans("áéíóúàèìòùâêîôûëýãõėūīāēō", "aeiouaeiouaeioueyaoeuiaeo")
_MERGED = str.maketrans({"Z": "s", "z": "s", "S": "s", "C": "c", "g": "h", "f": "v"})
_COARSE = str.maketrans({"b": "p", "d": "t", "h": "k", "r": "l", "c": "s"})
_VOWELS = str.maketrans("", "", "aeiou")


@cache
def _rules(language: str, script: str) -> tuple[dict[str, tuple[str, ...]], int]:
    data = table("readings.yaml")
    merged = (
        {**data.get(_TABLES.get(script, ""), {}), **data.get(language, {})} if script != "Hani" else dict(data["kana"])
    )
    rules = {
        unicodedata.normalize("NFC", str(group)): tuple("" if part == "-" else part for part in str(reading).split("|"))
        for group, reading in merged.items()
    }
    return rules, max((len(group.strip("^$")) for group in rules), default=1)


@lru_cache(maxsize=32_768)
def readings(token: str, language: str = "") -> tuple[str, ...]:
    """The readings of one part of a name in a language ("" when it is not known), the usual ones first.

    Names in Latin letters keep their spelling when they travel, so they are read in the English way too, and as the
    languages do whose signs they bear.
    """
    own = _readings(token, language)
    script = script_of(token)
    if language and script != "Latn":
        return own
    others = dict.fromkeys((*(["en"] if language else []), *_betrayed(token, script)))
    ways = (own, *(_readings(token, one) for one in others if one != language))
    return tuple(dict.fromkeys(way for row in zip_longest(*ways) for way in row if way is not None))[:MOST]


def _betrayed(token: str, script: str) -> tuple[str, ...]:
    """The languages that the letters of a name speak of, and English for names in Latin letters."""
    small = unicodedata.normalize("NFC", token.lower())
    found = [language for language, sign in _signs() if script == _SCRIPTS[language] and sign.search(small)]
    return (*found, "en") if script == "Latn" else tuple(found)


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((language, re.compile(signs)) for language, signs in table("readings.yaml")["signs"].items())


def _readings(token: str, language: str) -> tuple[str, ...]:
    script = script_of(token)
    if script == "Hani" and re.search("[\u3400-\u9fff]", token):
        return _chinese(token)
    small = _small(token, script)
    found = list(_by_letters(small, language, script))
    if script == "Cyrl":
        found[:0] = map(_sounds, palladius_cuts(small))
    elif script == "Latn" and (syllables := pinyin_syllables(small)):
        found.insert(1, _sounds(syllables))
    return tuple(dict.fromkeys(found))


def romanised(token: str, language: str = "") -> str:
    """A part of a name in plain Latin letters, for people to read: Жижов is zhizhov."""
    script = script_of(token)
    if script == "Hani" and re.search("[\u3400-\u9fff]", token):
        return "".join(pinyin_of().get(char, "") for char in token)
    return "".join(_LETTERS.get(sound, sound) for sound in _by_letters(_small(token, script), language, script)[0])


def _small(token: str, script: str) -> str:
    small = unicodedata.normalize("NFC", token.lower()).translate(_PLAIN_VOWELS)
    return _LABIAL.sub("ム", small) if script == "Hani" else small


def _by_letters(small: str, language: str, script: str) -> tuple[str, ...]:
    rules, longest = _rules(language, script)
    found = [(0, "")]  # how many letters are read otherwise than usual, and the reading
    i, size = 0, len(small)
    while i < size:
        for width in range(min(longest, size - i), 0, -1):
            group = small[i : i + width]
            rule = (
                (rules.get("^" + group) if i == 0 else None)
                or (rules.get(group + "$") if i + width == size else None)
                or rules.get(group)
            )
            if rule is not None:
                break
        else:
            width, rule = 1, (_bare(small[i]),)
        further = [(rare + (n > 0), head + tail) for rare, head in found for n, tail in enumerate(rule)]
        found = sorted(further, key=lambda one: one[0])[:MOST] if len(rule) > 1 else further
        i += width
    return tuple(reading for _, reading in found)


def _bare(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char)[0]
    return plain if plain.isascii() and plain.isalpha() else ""


def _sounds(syllables: tuple[str, ...]) -> str:
    """Pinyin syllables in the sounds of readings."""
    parts = []
    for syllable in syllables:
        for onset, sound in _ONSETS:
            if syllable.startswith(onset):
                syllable = sound + syllable[len(onset) :]
                break
        parts.append("r" if syllable == "er" else syllable.replace("ng", "n"))
    return "".join(parts)


_ONSETS = (("zh", "Z"), ("ch", "C"), ("sh", "S"), ("x", "S"), ("q", "C"), ("j", "Z"), ("w", "v"), ("y", "i"))


def _chinese(token: str) -> tuple[str, ...]:
    return (_sounds(tuple(pinyin_of().get(char, "") for char in token)),)


def skeleton(reading: str) -> str:
    """The consonants of a reading, like-sounding ones merged; a leading vowel is kept as A."""
    bare = reading.translate(_VOWELS).translate(_MERGED)
    return ("A" if reading[:1] in "aeiou" and reading else "") + re.sub(r"(.)\1+", r"\1", bare)


def coarse(reading: str) -> str:
    """A skeleton in which voice, l and r do not count: what Chinese and Arabic keep of a name."""
    bare = skeleton(reading).translate(_COARSE).replace("v", "f")
    return re.sub(r"(.)\1+", r"\1", bare)


@lru_cache(maxsize=32_768)
def skeletons(token: str, language: str = "") -> frozenset[str]:
    """The skeletons of all readings of a part of a name."""
    return frozenset(skeleton(reading) for reading in readings(token, language))


@lru_cache(maxsize=32_768)
def first_sounds(token: str, language: str = "") -> frozenset[str]:
    """How the skeletons of a part of a name begin."""
    return frozenset(sound[:1] for sound in skeletons(token, language))


@lru_cache(maxsize=32_768)
def coarse_keys(token: str, language: str = "") -> frozenset[str]:
    """The coarse skeletons of all readings of a part of a name."""
    return frozenset(coarse(reading) for reading in readings(token, language))
