"""Names that a noun in their run tells: `Firma Lookeed`, `SV Teutonia`, `Deutsche Umwelthilfe`, `Fifth Avenue`."""

from __future__ import annotations

from typing import NamedTuple

from indexer.knowledge.base import EntityType
from indexer.knowledge.fold import fold
from indexer.knowledge.fullnames import PersonParser, Token
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.tables import cues

NOUN_BEFORE, NATIONAL, STREET, PLACE_NOUN = 0.75, 0.72, 0.7, 0.75
MOST_BEFORE_PLACE, MOST_AFTER_NOUN = 3, 3
ADJECTIVE_ENDS = ("e", "er", "es", "en", "em")


class Named(NamedTuple):
    """Tokens `begin` to `end` of a run, what they name, how sure that is and why."""

    begin: int
    end: int
    type: EntityType
    confidence: float
    rule: str


class Headed:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon, people: PersonParser) -> None:
        self._people = people
        self._clubs = frozenset(cues("clubs")) if lexicon.script == "Latn" else frozenset()
        self._german = lexicon.language == "de"
        self._english = lexicon.language == "en"
        self._national = tuple(map(fold, cues("national_adjectives")))
        self._no_nation = frozenset(map(fold, cues("no_national_nouns")))
        self._streets, self._no_streets = cues("street_ends"), frozenset(cues("no_streets"))
        self._place_nouns = frozenset(cues("place_nouns_de"))
        self._places = frozenset(cues("place_nouns_en"))

    def name(self, tokens: list[Token], i: int) -> Named | None:
        """The name that begins at i, or right behind the noun that stands there."""
        word = tokens[i].word
        if tokens[i].connector:
            return None
        if i + 1 < len(tokens) and (word.names_next or word.text in self._clubs) and self._can_follow(tokens, i + 1):
            begin, end = i if word.text in self._clubs else i + 1, i + 2
            while end < len(tokens) and end - i <= MOST_AFTER_NOUN and self._can_follow(tokens, end):
                end += 1
            return Named(begin, end, "organisation", NOUN_BEFORE, "organisation-noun")
        if self._german:
            return self._of_nation(tokens, i) or self._street(tokens, i) or self._with_noun(tokens, i)
        return self._place(tokens, i) if self._english else None

    def _can_follow(self, tokens: list[Token], i: int) -> bool:
        """Whether the word at i can be the name of a firm or club, and is not the beginning of a person's."""
        word = tokens[i].word
        known = word.common or word.stop or word.title or word.given or word.initial or word.place_word
        return not (known or tokens[i].connector) and self._people.person(tokens, i, "")[0] < 2

    def _of_nation(self, tokens: list[Token], i: int) -> Named | None:
        """`Deutsche Umwelthilfe`: an adjective of a country has a capital only where it belongs to a name."""
        if i + 1 >= len(tokens) or not tokens[i].word.folded.endswith(ADJECTIVE_ENDS):
            return None
        folded, noun = tokens[i].word.folded, tokens[i + 1].word
        if not any(folded.startswith(stem) and len(folded) - len(stem) <= 2 for stem in self._national):
            return None
        if noun.stop or noun.place_word or noun.folded in self._no_nation or noun.title or tokens[i + 1].connector:
            return None
        return Named(i, i + 2, "organisation", NATIONAL, "national") if noun.common or noun.organisation else None

    def _street(self, tokens: list[Token], i: int) -> Named | None:
        folded = tokens[i].word.folded
        if folded.endswith(self._streets) and folded not in self._no_streets and folded not in self._streets:
            return Named(i, i + 1, "place", STREET, "street")
        if i + 1 < len(tokens) and tokens[i + 1].word.folded in self._streets and folded.endswith("er"):
            return None if tokens[i].word.stop else Named(i, i + 2, "place", STREET, "street")
        return None

    def _with_noun(self, tokens: list[Token], i: int) -> Named | None:
        """`Flughafen Erlensee`."""
        if tokens[i].word.folded not in self._place_nouns or i + 1 >= len(tokens) or tokens[i + 1].connector:
            return None
        word = tokens[i + 1].word
        if word.stop or word.title or (word.common and not word.known):
            return None
        return Named(i, i + 2, "place", PLACE_NOUN, "place-noun")

    def _place(self, tokens: list[Token], i: int) -> Named | None:
        """`Fifth Avenue`: words with capitals that end in what the place is."""
        for j in range(i + 1, min(i + 1 + MOST_BEFORE_PLACE, len(tokens))):
            word, before = tokens[j].word, tokens[j - 1]
            if before.connector or before.word.title or before.word.organisation or before.word.stop:
                return None
            if word.folded in self._places:
                first = tokens[i].word
                named = first.given and word.part and j == i + 1
                return None if named else Named(i, j + 1, "place", PLACE_NOUN, "place-noun")
        return None
