"""Names of Koreans and Vietnamese, in Cyrillic of Chinese too: a family name and syllables of the transcription.

Syllables follow the usual Russian rules (Kontsevich's for Korean, Palladius' for Chinese); Ukrainian and Belarusian
ones are read by the same once their letters are Russian. The last part may have the ending of a case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from indexer.knowledge.chinese import chinese_parts
from indexer.knowledge.tables import cues
from indexer.knowledge.word import Word

MOST_PARTS = 4
_RUSSIAN = str.maketrans("ёэєіїўґ", "еееииуг")
_KOREAN = re.compile(
    r"(?:к[кх]?|г|т[тх]?|д[жз]?|п[пх]?|б|чж|чх?|сс?|ш|р|л|н|м|х|в)?(?:й?[аеоуюяыи]|ый|[ву][аеои])(?:нъ|ль|[кгнлмптр])?"
)
_VIETNAMESE = re.compile(
    r"(?:гх|кх|кв|к|нгх|нг|нь|тх|тр|зь|[бвгдзхклмнпфрсштч])?ь?[аеиоуыюя]{1,3}й?(?:нг|нь|ть|[мнптк])?"
)
_VIETNAMESE_ONLY = re.compile("нг|нь|тх|кх|ыо|ыу|уа|уе|ие|ьен|юе")
_KOREAN_LATIN = re.compile(
    r"(?:kk|tt|pp|ss|jj|ch|sh|[kgndtrlmbpsjh])?[yw]?(?:eou?|oo|ou|ee|ae|oe|ui|eu|ew|uh|ah|[aeiou])(?:ng|ck|[knlmptrhb])?"
)
_VIETNAMESE_LATIN = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_VIETNAMESE_LATIN_ONLY = re.compile("uye|uon|ie|^ngo|nh|^th|^tr|^ph|^kh|inh|ong$|ang$|ung$")
_CHINESE_ONLY = re.compile("цз|чж|нь|хуэ|цю|сю|эй|ян|ао|тай|юй")
_CASE = re.compile("(?<=[бвгджзклмнпрстфхцчшщьй])(?:а|у|ом|ам|е|и|я|ю|ем)$")


@lru_cache(maxsize=1)
def _families() -> tuple[frozenset[str], frozenset[str]]:
    """Korean and Vietnamese family names in Russian letters."""
    return frozenset(cues("korean_family_names")), frozenset(cues("vietnamese_family_names"))


def _bare(low: str) -> tuple[str, ...]:
    """The forms that a part may have in the nominative if it has an ending: Цюня → Цюнь, Ына → Ын."""
    bare = _CASE.sub("", low)
    if bare == low:
        return ()
    return (f"{bare}ь", bare) if low[len(bare) :] in ("я", "ю", "и", "ем") else (bare, f"{bare}ь")


def _syllables(syllable: re.Pattern[str], parts: Sequence[str]) -> bool:
    """Whether all parts are syllables, the last perhaps with an ending."""
    return all(map(syllable.fullmatch, parts[:-1])) and any(map(syllable.fullmatch, (parts[-1], *_bare(parts[-1]))))


def _plain(low: str) -> str:
    return low.translate(_RUSSIAN).replace("'", "")


def syllabic(words: Sequence[Word]) -> int:
    """How many of the capitalised words at the beginning are such a name; 0 when none of at least two begins there."""
    korean, vietnamese = _families()
    plain: list[str] = []
    for word in words[:MOST_PARTS]:
        if (word.capitals and len(word.text) > 1) or word.initial or not word.text[0].isupper():
            break
        plain.append(_plain(word.low))
    if len(plain) < 2 or (words[0].stop and (words[1].stop or (words[1].known and len(plain) == 2))):
        return 0
    family, given = plain[0], plain[1].split("-")
    if family in korean:
        if len(given) == 2 and _syllables(_KOREAN, given):
            return 2
        if len(plain) > 2 and _syllables(_KOREAN, plain[1:3]):
            return 3
    if family in vietnamese:
        for size in range(len(plain), 1, -1):
            own = plain[1:size]
            told = any(map(_VIETNAMESE_ONLY.search, plain[:size])) or (family == "то" and own[0] not in korean)
            if told and _syllables(_VIETNAMESE, own):
                return size
    return _chinese(words[0], words[1])


def syllabic_latin(words: Sequence[Word]) -> int:
    """The same in Latin letters: Korean names of three words or with a hyphen, unmistakable Vietnamese ones."""
    if len(words) < 2 or any(word.capitals or word.initial for word in words[:2]):
        return 0
    family, given = words[0], words[1]
    pieces = given.folded.split("-")
    korean = family.folded in cues("korean_family_names_latin")
    if korean and len(pieces) == 2 and all(map(_KOREAN_LATIN.fullmatch, pieces)):
        return 2
    if given.stop or (given.common and family.common) or family.stop:
        return 0
    three = [word.folded for word in words[1:3]]
    plain = len(three) == 2 and words[2].text[:1].isupper() and not words[2].capitals
    if korean and plain and not family.common and all(map(_KOREAN_LATIN.fullmatch, three)):
        return 3
    if family.folded not in cues("vietnamese_family_names_latin"):
        return 0
    told = sum(_VIETNAMESE_LATIN_ONLY.search(word.folded) is not None for word in words[:3])
    if plain and told > 1 and all(map(_VIETNAMESE_LATIN.fullmatch, three)):
        return 3
    both = all(map(_VIETNAMESE_LATIN_ONLY.search, (family.folded, three[0])))
    return 2 if both and _VIETNAMESE_LATIN.fullmatch(three[0]) else 0


def nominative(words: Sequence[Word]) -> str:
    """The name without the ending of its last part; empty when the words are no such name."""
    if len(words) < 2 or syllabic(words) != len(words):
        return ""
    last = words[-1]
    low = _plain(last.low).split("-")[-1]
    chinese = _of_chinese(words[0].text, last.text) if len(words) == 2 else ""
    own = any(pattern.fullmatch(low) for pattern in (_KOREAN, _VIETNAMESE))
    for form in () if chinese or own else _bare(low):
        if any(pattern.fullmatch(form) for pattern in (_KOREAN, _VIETNAMESE)):
            chinese = last.text[: len(last.text) - len(low) + len(form.rstrip("ь"))] + "ь" * form.endswith("ь")
            break
    return " ".join([*(word.text for word in words[:-1]), chinese or last.text])


def _of_chinese(family: str, given: str) -> str:
    """A Chinese given name as printed, with or without an ending; empty when it is none."""
    forms = _bare(given.lower())
    ended = given[-1:] in ("а", "я")  # no given name ends in 阿
    for form in (*forms, given) if ended else (given, *forms):
        if chinese_parts(f"{family} {form}", "Cyrl"):
            return given[:1] + form[1:]
    return ""


def _ordinary(word: Word) -> bool:
    """Whether a word is rather a common one, a place or a given name."""
    return word.common or word.stop or word.known is not None or word.given


def _chinese(first: Word, last: Word) -> int:
    if not _of_chinese(first.text, last.text):
        return 0
    if _CHINESE_ONLY.search(last.low) or len(last.text) == 1:
        return 2
    plain = _ordinary(last) or (first.stop and (len(first.text) == 1 or first.low in cues("no_chinese_openers")))
    return 0 if plain else 2
