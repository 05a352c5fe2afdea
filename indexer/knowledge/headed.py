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
LARGE_PLACE, SURE_TOWN, SAINT, LIKELY = 0.9, 0.75, 0.62, 1.5
SAINTS = frozenset({"St", "Sankt", "Saint", "Sainte", "San", "Santa", "São"})
PLURALS = ("ungen", "schaften", "heiten", "keiten", "innen", "isten", "hunde", "tionen")
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
        self._lexicon = lexicon
        self._cyrillic = lexicon.script == "Cyrl"
        self._clubs = frozenset(cues("clubs")) if lexicon.script == "Latn" else frozenset()
        self._german = lexicon.language == "de"
        self._english = lexicon.language == "en"
        self._national = tuple(map(fold, cues("national_adjectives")))
        self._no_nation = frozenset(map(fold, cues("no_national_nouns")))
        self._streets, self._no_streets = cues("street_ends"), frozenset(cues("no_streets"))
        self._place_nouns = frozenset(cues("place_nouns_de"))
        self._places = frozenset(cues("place_nouns_en"))
        if not self._english:
            self._places -= frozenset(cues("place_nouns_everywhere"))
        self._peoples = frozenset(map(fold, (*cues("demonyms"), *cues("peoples"))))
        self._parts = cues("directed" if self._cyrillic else "directed_en")
        self._before_places = frozenset(cues("before_places"))
        self._place_tails, self._directions = frozenset(cues("place_tails_de")), cues("directions_de")
        self._no_heads = frozenset(cues("no_heads_of_compounds"))
        self._prefixes, self._suffixes = frozenset(cues("place_prefixes")), frozenset(cues("place_suffixes"))

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
        if self._cyrillic:
            return self._directed(tokens, i) or self._hyphenated(tokens, i)
        if self._german:
            named = self._of_nation(tokens, i) or self._street(tokens, i) or self._compound(tokens, i)
            named = named or self._with_noun(tokens, i)
            if named:
                return named
        if any(token.word.organisation or token.word.legal for token in tokens[i + 1 :]):
            return None
        return self._directed(tokens, i) or self._saint(tokens, i) or self._behind(tokens, i) or self._place(tokens, i)

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
        if noun.folded.endswith(PLURALS):
            return None  # Deutsche Meisterschaften
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

    def _compound(self, tokens: list[Token], i: int) -> Named | None:
        """`Nordalgerien`, `Max-Planck-Institut`: a place or an organisation by the last part of the word."""
        word = tokens[i].word
        if word.known or word.title:
            return None
        *names, last = word.text.split("-")
        if not names:
            size = next((len(part) for part in self._directions if word.folded.startswith(part)), 0)
            place = self._lexicon.word(word.text[size:].capitalize()).known if size else None
            sure = place is not None and place.type == "place" and place.confidence >= LARGE_PLACE
            return Named(i, i + 1, "place", PLACE_NOUN, "part-of-place") if sure else None
        tail = self._lexicon.word(last[:1].upper() + last[1:])
        if not any(self._names(name) for name in names):
            place = tail.known
            part = place is not None and place.type == "place" and fold(names[0]) in self._directions
            return Named(i, i + 1, "place", PLACE_NOUN, "part-of-place") if part else None
        if tail.folded in self._place_tails or tail.folded.removesuffix("s") in self._place_tails:
            return Named(i, i + 1, "place", STREET, "street")
        if tail.organisation and tail.folded not in self._no_heads:
            return Named(i, i + 1, "organisation", NOUN_BEFORE, "organisation-word")
        return None

    def _names(self, text: str) -> bool:
        """Whether a part of a compound names somebody or something: Planck, but not Foto nor EU."""
        word = self._lexicon.word(text)
        if word.capitals:
            return len(text) > 2 and not word.known
        if word.common or word.stop or len(text) <= 2:
            return False
        return bool(word.frequent or word.part or word.given or word.known) or self._lexicon.likeness(word) > LIKELY

    def _directed(self, tokens: list[Token], i: int) -> Named | None:
        """`Southern California`, `Южной Калифорнии`: a known place with the part of it that is meant."""
        if i + 1 >= len(tokens) or i + 2 < len(tokens):
            return None
        word, place = tokens[i].word, tokens[i + 1].word.known
        if self._cyrillic:
            part = word.adjective and word.folded.startswith(self._parts)
        else:
            part = self._english and word.text in self._parts
        sure = part and place is not None and place.type == "place" and place.confidence >= SURE_TOWN
        return Named(i, i + 2, "place", PLACE_NOUN, "part-of-place") if sure else None

    def _hyphenated(self, tokens: list[Token], i: int) -> Named | None:
        """`Ниагара-Фолс`, `Сан-Рафаэль`: foreign names of places in Cyrillic letters."""
        word = tokens[i].word
        parts = word.folded.split("-")
        if len(parts) < 2 or word.known or not word.text.split("-")[-1][:1].isupper():
            return None
        place = parts[0] in self._prefixes or parts[-1] in self._suffixes
        return Named(i, i + 1, "place", PLACE_NOUN, "place-noun") if place else None

    def _saint(self, tokens: list[Token], i: int) -> Named | None:
        """`St. Johannis`: a church, a town or an island, unless what follows says that it is an organisation's."""
        if tokens[i].word.text not in SAINTS or i + 1 >= len(tokens) or tokens[i + 1].connector:
            return None
        if i and tokens[i - 1].word.given:
            return None
        word = tokens[i + 1].word
        if word.stop or word.capitals or "-" in word.text:
            return None
        return Named(i, i + 2, "place", SAINT, "saint") if word.given or not word.common else None

    def _behind(self, tokens: list[Token], i: int) -> Named | None:
        """`Mount Kenya`, `Plaza Mayor`: words with capitals behind what the place is."""
        if tokens[i].word.text not in self._before_places or i + 1 >= len(tokens):
            return None
        end = i + 1
        while end < len(tokens) and end <= i + MOST_BEFORE_PLACE and tokens[end].connector:
            end += 1
        word = tokens[min(end, len(tokens) - 1)].word
        common = (word.common and not (word.known or self._english)) or word.folded in self._peoples
        if end >= len(tokens) or word.stop or word.title or word.organisation or common:
            return None
        return Named(i, end + 1, "place", PLACE_NOUN, "place-noun")

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
