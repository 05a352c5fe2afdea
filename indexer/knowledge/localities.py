"""Places that no table knows, told by the words beside them: `Potomac River`, `города Мир`, `in Badarpur`."""

from __future__ import annotations

import re

from indexer.knowledge.fold import fold
from indexer.knowledge.hit import Hit
from indexer.knowledge.lexicon import Lexicon, Word
from indexer.knowledge.nominative import Nominatives
from indexer.knowledge.runs import starts_sentence
from indexer.knowledge.single import Around
from indexer.knowledge.tables import cues

NAMED_BY_NOUN, BY_PREPOSITION, BY_ENDING, BY_ADJECTIVE = 0.75, 0.62, 0.7, 0.75
SHORTEST, LONGEST_OF_NOUN = 4, 32
OF = frozenset({"of", "von", "de", "van", "di"})
PLURAL = ("ие", "ые", "их", "ых", "ими", "ыми", "ські", "цькі")
OBLIQUE = "еіу"
PREPOSITION_TELLS = frozenset({"de", "en", "es", "fr", "nl", "pt"})  # Italian a stands before persons too
OF_PLACES = ("ск", "цк", "ськ", "цьк")
_SMALL = re.compile(r"[ \xa0]([^\W\d_]+)")


class Localities:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._endings = cues("place_endings")
        self._bare = lexicon.language in PREPOSITION_TELLS
        self._peoples = frozenset(map(fold, (*cues("demonyms"), *cues("peoples"))))
        self._nominatives = Nominatives(lexicon)

    def _possible(self, word: Word) -> bool:
        return not (
            word.common
            or word.stop
            or word.capitals
            or word.camel
            or word.organisation
            or word.title
            or word.initial
            or word.legal
            or word.place_word
            or len(word.folded) < SHORTEST
            or word.folded in self._peoples
        )

    def judge(self, hit: Hit, near: Around) -> bool:
        """Makes a loose word a place when a noun such as `city` or a preposition before it says so."""
        word = hit.found.words[0]
        if near.goes_on or near.quoted or not self._possible(word):
            return False
        european = word.adjective and near.after and word.key.endswith(OF_PLACES)  # країн Європейського Союзу
        if self.noun(near.before) and not european:
            self._place(hit, NAMED_BY_NOUN, "place-noun")
            return True
        if self.of_noun(hit.text.text, hit.start):
            self._place(hit, BY_ENDING, "place-noun")
            return True
        if word.adjective or near.before not in self.lexicon.strong_prepositions:
            return False
        ending = word.key.endswith(self._endings) or word.folded.endswith(self._endings)
        if ending or (self._bare and not word.frequent):
            self._place(hit, BY_ENDING if ending else BY_PREPOSITION, "place-preposition")
            return True
        return False

    def noun(self, before: str) -> bool:
        """Whether the folded word before a name says what place it is: `city`, `озере`."""
        if before in self.lexicon.place_words:
            return True
        noun = self.lexicon.localities.get(self.lexicon.key(before)) if before else None
        return noun is not None and self.lexicon.endings.agrees(fold(noun), before, neuter=True)

    def of_noun(self, text: str, start: int) -> bool:
        """Whether `Battle of` or the like stands before `start`."""
        before = text[max(0, start - LONGEST_OF_NOUN) : start].split()[-2:]
        nouns = self.lexicon.nouns_of_places
        return len(before) == 2 and before[1] in OF and fold(before[0]) in nouns and text[start - 1 : start] == " "

    def by_adjective(self, hit: Hit) -> bool:
        """Makes a Slavic adjective with what the place is behind it one place: `Московская область`."""
        lexicon, word, text = self.lexicon, hit.found.words[0], hit.text.text
        match = _SMALL.match(text, hit.end) if lexicon.regions and len(hit.found.words) == 1 else None
        if match is None or word.low.endswith(PLURAL):
            return False
        folded = fold(match[1])
        noun = lexicon.regions.get(lexicon.key(folded))
        if noun is None or not lexicon.endings.agrees(fold(noun), folded, neuter=True):
            return False
        if starts_sentence(text, hit.start) and not word.key.endswith(OF_PLACES):
            return False
        hit.end, hit.type, hit.confidence, hit.rule = match.end(), "place", BY_ADJECTIVE, "place-adjective"
        hit.known, hit.lemma = None, self._nominatives.with_head(text[hit.start : hit.end], noun)
        return True

    def part(self, hit: Hit) -> str:
        """The part of a known place in the nominative: Южной Калифорнии → Южная Калифорния."""
        text, place = hit.text.text[hit.start : hit.end], hit.found.words[-1].known
        slavic = self.lexicon.endings.declines and place is not None and len(hit.found.words) == 2
        return self._nominatives.with_head(text, place.name.casefold()) if slavic and place else text

    def _place(self, hit: Hit, sure: float, rule: str) -> None:
        hit.type, hit.confidence, hit.rule = "place", sure, rule
        hit.lemma = self.lemma(hit.found.words[0])

    def lemma(self, word: Word) -> str:
        """The place in the nominative, as far as its ending tells."""
        if self.lexicon.endings.declines and word.text[-1:] in OBLIQUE and word.text[:-1].endswith(self._endings):
            return word.text[:-1]
        return word.text
