"""Persons' names put back into the form in which one would print them: Сергея Лаврова → Сергей Лавров."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from indexer.knowledge.fold import fold
from indexer.knowledge.lexicon import Lexicon, Word
from indexer.knowledge.syllabic import nominative
from indexer.knowledge.tables import cues

_AFTER_APOSTROPHE = re.compile(r"(?<=\w\w)['’](?:ego|emu|em|a|owi|u|ie|y)$")
UNAMBIGUOUS = 4  # one as long as this no other form has
WOMEN_ONLY = ("ская", "цкая", "ська", "цька")  # of the nominative, which no case of a man's name ends in
SURE_ENDING = 3  # an ending as long as this shows the case by itself


def lemma_of(words: Sequence[Word], lexicon: Lexicon, seen: Collection[str], oblique: bool | None = None) -> str:
    """The name as printed.

    Args:
        words: the words of the name, connectors included.
        seen: folded words of the whole article: a form that stands there is likelier.
        oblique: whether a title before the name showed that it is not in the nominative; None is unknown.
    """
    if not lexicon.endings.any:
        return " ".join(word.text for word in words)
    if lexicon.language in ("de", "nl", "en"):
        *front, last = words
        return " ".join([*(word.text for word in front), _without_s(last, lexicon, seen)])
    if lexicon.script == "Cyrl" and (name := nominative(words)):
        return name
    given_count = len(words) - 1
    given: list[str] = []
    male: bool | None = None
    for index, word in enumerate(words[:given_count]):
        if not word.given or (index > 0 and not lexicon.endings.bases("given", word.low)):
            given.append(word.text)
            if index == 0 and word.initial:
                oblique = None
            continue
        text, folded, form = _given(word, words[-1], lexicon, seen)
        given.append(text)
        if index == 0:
            oblique = form
            male = folded in cues("male_in_a") or folded[-1:] not in "аяa"
    if not words[-1].given or given_count:
        return " ".join([*given, _surname(words[-1], lexicon, seen, male, oblique)])
    return " ".join([*given, words[-1].text])


def _without_s(word: Word, lexicon: Lexicon, seen: Collection[str]) -> str:
    bare = word.folded[:-1]
    if word.folded.endswith("s") and word.folded not in lexicon.frequent:
        own = word.folded in lexicon.parts or word.folded in lexicon.given
        if bare in seen or bare in lexicon.famous or (not own and bare in lexicon.parts):
            return word.text[:-1]
    return word.text.rstrip("'’")


def _given(word: Word, surname: Word, lexicon: Lexicon, seen: Collection[str]) -> tuple[str, str, bool | None]:
    """Text and folded form of a given name in the nominative, and whether it stood in another case (None: unknown)."""
    bases = [base for base in lexicon.endings.bases("given", word.low) if fold(base) in lexicon.given]
    if word.folded not in lexicon.given:
        if not bases or surname.low.endswith(WOMEN_ONLY):  # Алеся Жалязоўская
            return word.text, word.folded, None
        return restored(word.text, word.low, bases[0]), bases[0], True
    if not bases:
        return word.text, word.folded, None if word.folded[-1:] in "оиуеэоeiouy" else False
    base = bases[0]
    other = [b for b in lexicon.endings.bases("male", surname.low) if fold(b) in lexicon.parts or fold(b) in seen]
    if fold(base) in seen or (other and surname.folded not in lexicon.parts) or any(fold(b) in seen for b in other):
        return restored(word.text, word.low, base), base, True
    return word.text, word.folded, False


def surname_forms(word: Word, lexicon: Lexicon) -> tuple[str, ...]:
    """Folded names of which a word may be a form, itself first."""
    if not word.forms:
        endings = lexicon.endings
        bases = (*endings.bases("male", word.low), *endings.bases("female", word.low)) if endings.any else ()
        word.forms = tuple(dict.fromkeys((word.folded, *map(fold, bases))))
    return word.forms


def _surname(word: Word, lexicon: Lexicon, seen: Collection[str], male: bool | None, oblique: bool | None) -> str:
    endings = lexicon.endings
    if lexicon.language == "pl" and (foreign := _AFTER_APOSTROPHE.search(word.text)):
        return word.text[: foreign.start()]  # O'Leary'ego
    if oblique is False:
        return word.text
    bases = endings.bases("female" if male is False else "male", word.low)
    if not bases:
        return word.text
    for known in (seen, lexicon.parts):
        if oblique is None and known is lexicon.parts and word.folded in lexicon.parts:
            return word.text
        for base in bases:
            if fold(base) in known:
                return restored(word.text, word.low, base)
    size = endings.ending("female" if male is False else "male", word.low)
    sure = size >= SURE_ENDING
    if oblique is None and male is None and size >= UNAMBIGUOUS:
        return restored(word.text, word.low, bases[0])
    if oblique is None or (endings.fixed(word.low) and not sure):
        return word.text
    return restored(word.text, word.low, bases[0])


def restored(text: str, low: str, base: str) -> str:
    """The base form with the capitals and accents of a written word, which is `low` in small letters."""
    if len(text) != len(low):
        return base.title()
    same = 0
    for a, b in zip(low, base, strict=False):
        if a != b:
            break
        same += 1
    return text[:same] + base[same:]
