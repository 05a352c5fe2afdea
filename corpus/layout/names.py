"""Names of persons as bylines give them: `By Anna Berg and Jan Thal, Reuters`."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.languages import LanguagePack, fold_key, pack_or_fallback, packs
from corpus.layout.dateline import agencies
from corpus.layout.marks import marks

_CJK_NAME = re.compile("[\u3040-\u30ff\u4e00-\u9fff·]{2,8}")
_PARTICLES = frozenset(
    ("von", "van", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "al", "el", "bin",
     "ibn", "ten", "ter", "zu", "y")
)  # fmt: skip
_UPPER = "A-ZÀ-ÞА-ЯЁІЎЇЄҐ"
_OFFICE = re.compile(rf"^(?:[^\W\d_{_UPPER}][^\W\d_]*\s+){{1,3}}(?=[{_UPPER}])")
"""`our correspondent` between the word and the name."""
_END = re.compile(r"\d|@|\s[-–—|·•»/]+\s|[|·•()\[\]]|//|https?:|,?\s+\w+:")
"""What ends a row of names: a figure, an address, a bar, a label."""
_PART = re.compile(r"\s*(?:[,;|•、]|\s(?:and|und|et|e|y|i|и|і|en|&|&amp;)\s)\s*")
_NO_AUTHOR = frozenset(("foto", "fotos", "photo", "photos", "aus", "in", "quelle", "source", "fot.", "фото", "фота"))
_LONGEST = 120
_INSIDE = re.compile(rf"[^\W\d_{_UPPER}](?<!Mc)(?<!Mac)(?<!De)(?<!Le)(?<!La)(?<!Di)[{_UPPER}]")
"""A capital inside a word is no name's, `McKay` and the like apart."""
_LETTERS = re.compile(r"[^\W\d_]+(?:[.'’-]+[^\W\d_]+)*\.?")


@lru_cache(maxsize=32)
def byline_words(language: str) -> frozenset[str]:
    """The words of a language that come before an author's name."""
    return frozenset({*pack_or_fallback(language).layout.byline, "by"} - _NO_AUTHOR)


@lru_cache(maxsize=32)
def _byline_pattern(language: str) -> re.Pattern[str]:
    words = sorted(byline_words(language), key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(map(re.escape, words))})(?:\s*[:：/]\s*|\s+)(?P<names>\S.*)$", re.I)


def byline_names(text: str, pack: LanguagePack) -> tuple[str, ...]:
    """The authors a byline names (`Von Anna Berg und Jan Thal`), or nothing when the line is none."""
    if len(text) > _LONGEST:
        return ()
    found = _byline_pattern(pack.iso).match(text.strip(" |*•–-"))
    if not found:
        return ()
    given = _OFFICE.sub("", found["names"])
    return people_in(given, pack) or people_in(found["names"], pack)


def people_in(text: str, pack: LanguagePack) -> tuple[str, ...]:
    """The names in a text that begins with one; the writer's office, a house, an address behind it are left out."""
    end = _END.search(text)
    parts = _PART.split(text[: end.start()] if end else text)
    first = _without_office(parts[0], pack)
    if not is_name(first):
        return ()
    rest = (_without_office(part, pack) for part in parts[1:])
    return (first.strip(" ."), *(name.strip(" .") for name in rest if is_name(name) and not is_house(name)))


def _without_office(text: str, pack: LanguagePack) -> str:
    """A name without the writer's place in the house, the house or words before a date behind it."""
    words = text.split()
    for count in range(1, len(words)):
        rest = " ".join(words[count:])
        if fold_key(rest) in _houses() or marks().writer.fullmatch(rest):
            return " ".join(words[:count])
    while len(words) > 2 and (marks().writer.fullmatch(words[-1]) or _is_label(words[-1], pack)):
        words.pop()
    return " ".join(words)


def _is_label(word: str, pack: LanguagePack) -> bool:
    key = word.casefold().strip(".,:")
    day = any(key == name.rstrip(".") for row in pack.dates.weekdays for name in row if len(name) > 2)
    return day or key in pack.dates.published or key in pack.dates.updated or key in pack.stop_words


@lru_cache(maxsize=1)
def _houses() -> frozenset[str]:
    return frozenset({*agencies(), *(f"the {name}" for name in agencies())})


@lru_cache(maxsize=1)
def _house_words() -> frozenset[str]:
    told = {word.casefold() for one in packs() for word in one.entities.organisation_words if len(word) > 3}
    return frozenset(told | marks().house)


def is_house(text: str) -> bool:
    """Whether a text names an agency or a newspaper rather than a person."""
    return fold_key(text) in _houses() or any(word in _house_words() for word in fold_key(text).split())


def is_name(text: str) -> bool:
    """Whether a text could be a person's name: two to five words with capitals (particles apart), or a CJK name."""
    text = text.strip(" .")
    if _CJK_NAME.fullmatch(text):
        return True
    words = text.split()
    if not 2 <= len(words) <= 5 or any(map(str.isdigit, text)):
        return False
    arabic = any("\u0600" <= char <= "\u06ff" for char in text)
    return arabic or all(word[0].isupper() or word in _PARTICLES for word in words)


def is_person(text: str, pack: LanguagePack) -> bool:
    """Whether a text may be a name even with no word before it, in letters that have capitals."""
    words = text.split()
    if not 2 <= len(words) <= 4 or not text[0].isupper() or not is_name(text) or _INSIDE.search(text):
        return False
    shouted = [word.isupper() for word in words if len(word) > 2 and word not in _PARTICLES]
    if not all(map(_LETTERS.fullmatch, words)) or (shouted and shouted[0] and not all(shouted)):
        return False
    if text in pack.sections or is_house(text) or marks().writer.search(text):
        return False
    first, last = words[0].casefold().strip("."), words[-1].casefold().strip(".")
    if first in pack.stop_words or last in pack.stop_words:
        return False
    return first not in _common(pack.iso, True) and last not in _common(pack.iso, False)


@lru_cache(maxsize=64)
def _common(language: str, sections: bool) -> frozenset[str]:
    """Words of buttons, labels and weekdays, and of sections too: no given names and hardly surnames."""
    found: set[str] = set(marks().buttons)
    for pack in (pack_or_fallback(language), pack_or_fallback("en")):
        one = pack.layout
        phrases = [*one.navigation, *one.share, *one.related, *one.subscribe, *one.cookie, *one.footer,
                   *one.advertisement, *one.comments, *pack.dates.published, *pack.dates.updated]  # fmt: skip
        phrases += [name for row in pack.dates.weekdays for name in row]
        phrases += pack.sections.topics if sections else ()
        found.update(word for phrase in phrases for word in re.findall(r"[^\W\d_]+", phrase.casefold()))
    return frozenset(found)
