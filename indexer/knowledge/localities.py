"""Places that no table knows, told by the words beside them: `Potomac River`, `города Мир`, `in Badarpur`."""

from __future__ import annotations

from indexer.knowledge.hit import Hit
from indexer.knowledge.lexicon import Lexicon, Word
from indexer.knowledge.single import Around
from indexer.knowledge.tables import cues

NAMED_BY_NOUN, BY_PREPOSITION, BY_ENDING = 0.75, 0.62, 0.7
SHORTEST = 4
OBLIQUE = "еіу"
PREPOSITION_TELLS = frozenset({"de", "en", "es", "fr", "nl", "pt"})  # Italian a stands before persons too


class Localities:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._endings = cues("place_endings")
        self._bare = lexicon.language in PREPOSITION_TELLS

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
        )

    def judge(self, hit: Hit, near: Around) -> bool:
        """Makes a loose word a place when a noun such as `city` or a preposition before it says so."""
        word = hit.found.words[0]
        if near.goes_on or near.quoted or not self._possible(word):
            return False
        if near.before in self.lexicon.place_words:
            self._place(hit, NAMED_BY_NOUN, "place-noun")
            return True
        if word.adjective or near.before not in self.lexicon.strong_prepositions:
            return False
        ending = word.key.endswith(self._endings) or word.folded.endswith(self._endings)
        if ending or (self._bare and not word.frequent):
            self._place(hit, BY_ENDING if ending else BY_PREPOSITION, "place-preposition")
            return True
        return False

    def _place(self, hit: Hit, sure: float, rule: str) -> None:
        hit.type, hit.confidence, hit.rule = "place", sure, rule
        hit.lemma = self.lemma(hit.found.words[0])

    def lemma(self, word: Word) -> str:
        """The place in the nominative, as far as its ending tells."""
        if self.lexicon.endings.declines and word.text[-1:] in OBLIQUE and word.text[:-1].endswith(self._endings):
            return word.text[:-1]
        return word.text
