"""A capitalised word that stands alone: how likely it is a person's name.

What speaks for it and against it is added up as log odds: what the lists know of the word and how its letters look,
the words before and after it, where it stands. The weights are set by hand; benchmarks/entities.py measures them.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.lexicon import Lexicon, Word
from indexer.knowledge.tables import cues

NEVER = -9.0
# what the word is
FREQUENT, LISTED, UNLISTED, GIVEN, LETTERS = 0.7, 0.2, -1.1, 0.3, 0.4
FAMOUS, COMMON_FAMOUS, COMMON_FREQUENT, COMMON_LISTED, COMMON_START, COMPOUND = 1.2, 0.5, -0.6, -1.4, -1.6, -1.2
LETTERS_LEAST, LETTERS_MOST, LOOKS_ENOUGH, LOOKS_ENOUGH_ENDED = -2.0, 3.0, 0.3, -3.0
# what stands beside it
SPOKEN, ROLE, AGE, RELATIVE, ACTS, BESIDE, POSSESSIVE, ATTRIBUTION = 2.4, 2.2, 2.5, 0.9, 0.9, 0.7, 0.3, 1.8
ARTICLE, PREPOSITION, ADJECTIVE, QUOTED, GOES_ON, HYPHEN, STREET, ABBREVIATED = (
    -2.2,
    -1.8,
    -1.6,
    -2.5,
    -2.0,
    -0.8,
    -3.0,
    -3.0,
)
START, START_UNLISTED = -0.3, -0.9
WEAK_PREPOSITION = -0.7
# two words
PAIR, PAIR_FREQUENT, PAIR_LISTED, PAIR_UNLISTED, PAIR_LETTERS = -0.5, 0.9, 0.6, -0.4, 0.4
SHORTEST, LONGEST_ABBREVIATION, LEAST_VERB = 3, 4, 4
SO = ", so "
SAID = 1.2  # more for a German noun without an article behind one person's verb: sagt Zimmer
OF_PERSONS, ENUMERATED, DEED, ALIKE = 1.3, 1.3, 1.3, 1.0
DEEDS = frozenset({"ru", "uk", "be", "pl", "de"})
MANY_WORDS = frozenset({"ru"})  # whose common words are known well
_NEXT = re.compile(r"(?:['’]s)?(?P<comma>[\"”»“]?,)?[\"”»“]{0,2} (?P<word>\w+)")
_AGE = re.compile(r"(?: \(|, )[1-9]\d(?:\)|, |-year)")
_ABBREVIATED = re.compile(r"\.[ \xa0]?(?=[a-zäöüа-яёіўє0-9])")
_CAPITAL = re.compile(r"[ \xa0-](?=[^\W\d_])(\w)")
_OPEN, _CLOSE = "«„“\"‚'‘", "»“”\"'’‘"


class Around(NamedTuple):
    """What stands beside a word: the folded words next to it (empty at the end of a clause), and how it is set."""

    before: str
    after: str
    comma: bool
    starts: bool
    quoted: bool
    age: bool
    possessive: bool
    goes_on: bool
    abbreviated: bool


def around(text: str, start: int, end: int, before: str, starts: bool) -> Around:
    """Looks at the words beside `text[start:end]`; `before` and whether a sentence starts there are known already."""
    if before == "to" and text[max(0, start - 13) : start].lower() == "according to ":
        before = "according_to"
    if before == "so" and text[max(0, start - len(SO)) : start] == SO and text[end : end + 1] in ",.:":
        before = "sagte"  # …“, so Hirsch.
    match = _NEXT.match(text, end)
    capital = _CAPITAL.match(text, end)
    return Around(
        before,
        fold(match["word"]) if match else "",
        bool(match and match["comma"]),
        starts,
        text[start - 1 : start] in _OPEN
        and bool(start)
        and text[end : end + 1] in _CLOSE
        and bool(text[end : end + 1]),
        _AGE.match(text, end) is not None,
        text[end : end + 2] in ("'s", "’s"),
        bool(capital and capital[1].isupper()),
        end - start <= LONGEST_ABBREVIATION and _ABBREVIATED.match(text, end) is not None,
    )


class SingleNames:
    """Judges words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._common = COMMON_START if lexicon.language == "de" else 0.0  # German nouns have capitals everywhere
        self._determiners = frozenset(cues("determiners"))
        self._before_nouns = frozenset(cues("before_german_names")) if lexicon.language == "de" else frozenset()
        self._no_deeds = frozenset(map(fold, cues("no_deeds_de")))
        self._deeds = cues(f"deeds_{lexicon.language}") if lexicon.language in DEEDS else ("\0",)
        self.beside = lru_cache(maxsize=16_384)(self._beside)

    def word(self, word: Word) -> float:
        """What the word alone tells; NEVER when it cannot be a name."""
        if word.odds is None:
            word.odds = self._word(word)
        return word.odds

    def _word(self, word: Word) -> float:
        if (
            word.capitals
            or word.organisation
            or word.stop
            or word.place_word
            or word.legal
            or word.initial
            or word.numeral
            or word.camel
            or len(word.folded) < SHORTEST
            or not any(char.isalpha() for char in word.text[1:])
            or word.text[1] in "-‑"  # R-Texas
        ):
            return NEVER
        letters = LETTERS * min(LETTERS_MOST, max(LETTERS_LEAST, self.lexicon.likeness(word)))
        hyphen = HYPHEN if "-" in word.text and not word.given else 0.0
        if word.common:
            if word.compound and word.surname_like:
                return COMPOUND + min(0.0, letters)
            if not (word.frequent or word.part or word.given or (word.surname_like and not self._common)):
                return NEVER
            common = COMMON_FAMOUS if word.famous else COMMON_FREQUENT if word.frequent else COMMON_LISTED
            return self._common + common + min(0.0, letters) + hyphen
        if word.famous:
            return FREQUENT + FAMOUS + max(0.0, letters) + hyphen
        if word.frequent:
            return FREQUENT + letters + hyphen + (GIVEN if word.given else 0.0)
        if word.part or word.given:
            return LISTED + letters + hyphen + (GIVEN if word.given else 0.0)
        if self.lexicon.measure is None or script_of(word.text) != self.lexicon.script:
            return NEVER
        slavic = word.surname_like and self.lexicon.endings.declines
        if self.lexicon.likeness(word) < (LOOKS_ENOUGH_ENDED if slavic else LOOKS_ENOUGH):
            return UNLISTED + letters + hyphen
        return UNLISTED + max(letters, 0.0) + hyphen

    def past(self, after: str) -> bool:
        """Whether the word behind a name is one person's deed by its ending: предположил, przyszedł."""
        return len(after) >= LEAST_VERB and after.endswith(self._deeds) and after not in self._no_deeds

    def _beside(self, before: str, after: str, comma: bool) -> float:
        """What the words beside it tell."""
        lexicon, total = self.lexicon, 0.0
        if before in lexicon.speech or (after in lexicon.speech):
            total += SPOKEN + (SAID * (before in lexicon.speech and not before.endswith("en")) if self._common else 0.0)
        elif comma and after in lexicon.relatives:
            total += RELATIVE
        elif not comma and (after in lexicon.acts or self.past(after)):
            total += DEED if lexicon.endings.declines else ACTS
        if before in lexicon.roles or before in lexicon.honorifics:
            return total + ROLE
        if before in lexicon.attribution:
            return total + ATTRIBUTION
        if before in lexicon.of_persons:
            return total + OF_PERSONS
        if before in lexicon.place_words:
            return total + STREET
        if before in self._determiners:
            return total + ARTICLE
        verb = before in lexicon.acts if self._common else self.past(before)
        if before in lexicon.beside_names or before in self._before_nouns or verb:
            return total + BESIDE
        if before in lexicon.prepositions:
            weak = before in cues("weak_prepositions") and before not in lexicon.strong_prepositions
            return total + (WEAK_PREPOSITION if weak else PREPOSITION)
        if lexicon.language == "de" and before.endswith(("en", "er", "es", "em", "e")):
            verb = before in lexicon.speech or before in lexicon.acts
            total += 0.0 if verb or before in cues("no_german_adjectives") else ADJECTIVE
        return total

    def context(self, near: Around) -> float:
        """What speaks for a person besides the word itself."""
        total = self.beside(near.before, near.after, near.comma)
        total += AGE if near.age else 0.0
        total += POSSESSIVE if near.possessive else 0.0
        total += QUOTED if near.quoted else 0.0
        total += GOES_ON if near.goes_on else 0.0
        total += ABBREVIATED if near.abbreviated else 0.0
        return total

    def adjective(self, near: Around) -> float:
        """What a noun behind it takes from a word that may be a Slavic adjective."""
        if not near.after or near.comma or near.after in self.lexicon.speech or near.after in self.lexicon.acts:
            return 0.0
        return ADJECTIVE

    def start(self, word: Word) -> float:
        """What the beginning of a sentence takes from a word."""
        if word.common and not self._common:
            return COMMON_START
        alike = word.surname_like or self.lexicon.likeness(word) > ALIKE
        ended = (alike if self.lexicon.language in MANY_WORDS else word.surname_like) and self.lexicon.endings.declines
        return START if word.frequent or word.given or word.part or ended else START_UNLISTED


def pair(lexicon: Lexicon, first: Word, last: Word) -> float:
    """Log odds that two words of which no given name is known are a person's name."""
    return PAIR + sum(
        PAIR_FREQUENT
        if word.frequent and not word.common
        else PAIR_LISTED
        if (word.part or word.given) and not word.common
        else PAIR_UNLISTED + PAIR_LETTERS * min(LETTERS_MOST, max(LETTERS_LEAST, lexicon.likeness(word)))
        for word in (first, last)
    )


def sureness(odds: float) -> float:
    """Log odds as a confidence."""
    return 1.0 / (1.0 + math.exp(-odds))
