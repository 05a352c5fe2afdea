"""Chinese names: pinyin of characters, pinyin and Cyrillic (Palladius) syllables, family name first.

The Palladius table follows the usual Russian rules for writing pinyin; syllables are generated from onsets and finals.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import islice

from indexer.knowledge.tables import cue_pairs, table


@lru_cache(maxsize=1)
def pinyin_of() -> dict[str, str]:
    """Character → its pinyin without tone."""
    return {char: syllable for syllable, chars in table("syllables.json")["pinyin"].items() for char in chars}


@lru_cache(maxsize=1)
def _family() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Family names: of one character, of two, and in pinyin."""
    data = table("syllables.json")
    single, double = frozenset(data["family"]), frozenset(data["compound_family"].split())
    latin = {pinyin_of().get(char, "") for char in single} | {
        "".join(pinyin_of().get(c, "") for c in name) for name in double
    }
    return single, double, frozenset(latin - {""})


@lru_cache(maxsize=1)
def _palladius() -> dict[str, str]:
    """Cyrillic syllable → pinyin."""
    onsets, finals, whole = ({"": "", **cue_pairs(f"palladius_{kind}")} for kind in ("onsets", "finals", "whole"))
    found: dict[str, str] = {}
    for syllable in table("syllables.json")["pinyin"]:
        if syllable in whole:
            found.setdefault(whole[syllable], syllable)
            continue
        for onset in sorted(onsets, key=len, reverse=True):
            if syllable.startswith(onset) and syllable[len(onset) :] in finals:
                found.setdefault(onsets[onset] + finals[syllable[len(onset) :]], syllable)
                break
    return found


def _cuts(word: str, syllables: Container[str], longest: int) -> Iterator[tuple[str, ...]]:
    """The ways to cut a word into syllables, those with long ones first before the others."""
    if not word:
        yield ()
    for size in range(min(longest, len(word)), 0, -1):
        if word[:size] in syllables:
            yield from ((word[:size], *rest) for rest in _cuts(word[size:], syllables, longest))


LONGEST_CYRILLIC, MOST_CUTS, MOST_SYLLABLES = 16, 4, 3
_RUSSIAN = str.maketrans("ёії", "еии")
"""Ukrainian and Belarusian letters as Russian ones."""


@lru_cache(maxsize=16_384)
def palladius_cuts(word: str) -> tuple[tuple[str, ...], ...]:
    """The pinyin that a Cyrillic word may stand for (Хунин is hong ying or hu ning), of at most three syllables."""
    plain = re.sub("['’ъ-]", "", word.lower().translate(_RUSSIAN))
    table_of = _palladius()
    if len(plain) > LONGEST_CYRILLIC:
        return ()
    found = list(islice(_cuts(plain, table_of, 6), MOST_CUTS))
    # Belarusian writes Жасі for Жоси and Чжаа for Чжао
    written = (plain[:i] + "о" + plain[i + 1 :] for i, char in enumerate(plain) if char == "а")
    others = [cut for other in written for cut in islice(_cuts(other, table_of, 6), MOST_CUTS)]
    shorter = [cut for cut in others if len(cut) < min(map(len, found), default=MOST_SYLLABLES + 1)]
    chosen = [*sorted(shorter, key=len), *found][:MOST_CUTS]
    return tuple(tuple(table_of[part] for part in cut) for cut in chosen if len(cut) <= MOST_SYLLABLES)


def from_palladius(word: str) -> tuple[str, ...]:
    """The likeliest pinyin syllables of a Cyrillic word (Цзиньпин), or nothing when it is none of at most three."""
    return next(iter(palladius_cuts(word)), ())


@lru_cache(maxsize=16_384)
def pinyin_syllables(word: str) -> tuple[str, ...]:
    """The syllables of a word in pinyin (Jinping), or nothing when it is none of at most three syllables."""
    plain = re.sub("['’-]", "", word.lower())
    if len(plain) > 18 or not plain.isascii():
        return ()
    found = next(_cuts(plain, table("syllables.json")["pinyin"], 6), ())
    return found if len(found) <= MOST_SYLLABLES else ()


def chinese_parts(text: str, script: str) -> tuple[str, ...]:
    """(given name, family name) of a Chinese name written in its own order, or nothing when the text is none."""
    single, double, latin = _family()
    if script == "Hani":
        if re.fullmatch("[\u4e00-\u9fff]{2,4}", text):
            size = 2 if text[:2] in double and len(text) > 2 else 1
            if size == 2 or text[0] in single:
                return text[size:], text[:size]
        return ()
    words = text.split()
    if len(words) not in (2, 3) or script not in ("Latn", "Cyrl"):
        return ()
    syllables = pinyin_syllables if script == "Latn" else from_palladius
    if "".join(syllables(words[0])) not in latin:
        return ()
    given = [syllables(word) for word in words[1:]]
    if all(given) and 1 <= sum(map(len, given)) <= 2:
        return "".join(words[1:]), words[0]
    return ()
