"""Organisations that no head noun names, told by what follows: `Sidek shares`, `Simec, the steelmaking arm`."""

from __future__ import annotations

import re
from functools import cache

from indexer.knowledge.fold import fold
from indexer.knowledge.hit import Hit
from indexer.knowledge.lexicon import Lexicon, Word
from indexer.knowledge.single import Around
from indexer.knowledge.tables import cues

BESIDE, DOMAIN, NUMBERED, REPEATED = 0.68, 0.72, 0.5, 0.05
SHORTEST, LONGEST_APPOSITION, MOST_APPOSED = 3, 70, 6
_DOMAIN = re.compile(r"\.(?:com|org|net|info|ru|ру|рф|by|ua|pl|de|uk|fr|io|fm|tv|news)(?![\w.]\w)")
_APPOSED = re.compile(r"[^\W\d_][\w-]*")
_OPENING, _CLOSING = "«„“\"(", "»“”\")"
_NUMBER = re.compile(r"[ \xa0-]\d")


@cache
def _peoples() -> frozenset[str]:
    return frozenset(map(fold, (*cues("demonyms"), *cues("peoples"))))


class Companies:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._determiners = frozenset(cues("determiners"))

    @staticmethod
    def possible(word: Word) -> bool:
        known = word.common or word.given or word.frequent or word.stop or word.title or word.known
        part = word.place_word or word.initial or word.numeral or word.organisation or word.legal
        return not (known or part or "-" in word.text or word.folded in _peoples()) and len(word.folded) >= SHORTEST

    def judge(self, hit: Hit, near: Around) -> bool:
        """Makes a loose word an organisation when the words behind it say so."""
        if not self.possible(hit.found.words[0]) or near.goes_on:
            return False
        if not near.comma and near.after in self.lexicon.organisation_after:
            return self._put(hit)
        return near.comma and near.after in self._determiners and self._apposed(hit) and self._put(hit)

    def _apposed(self, hit: Hit) -> bool:
        """Whether `, the … company` follows."""
        behind = hit.text.text[hit.end + 1 : hit.end + LONGEST_APPOSITION].partition(",")[0]
        nouns = self.lexicon.organisation_nouns
        words = [fold(word) for word in _APPOSED.findall(behind)[:MOST_APPOSED]]
        roles = any(word in self.lexicon.offices for word in words)
        return not roles and any(word in nouns or word in self.lexicon.organisation_after for word in words)

    @staticmethod
    def _put(hit: Hit) -> bool:
        hit.type, hit.confidence, hit.rule = "organisation", BESIDE, "organisation-beside"
        hit.lemma = hit.text.text[hit.start : hit.end]
        return True

    @staticmethod
    def domain(hit: Hit) -> bool:
        """Makes the name of a site one of an organisation: Лента.ру."""
        text = hit.text.text
        match = _DOMAIN.match(text, hit.end)
        if match is None or hit.known or len(hit.found.words) > 1 or text[hit.start - 1 : hit.start] in ("@", "/"):
            return False
        hit.end = match.end()
        hit.type, hit.confidence, hit.rule = "organisation", DOMAIN, "site"
        return True

    @staticmethod
    def weigh_foreign(hit: Hit, times: int) -> None:
        """Weighs a name in Latin letters in a Cyrillic text: a number behind it, quotation marks and brackets speak for
        a product, a title or a transcription; that it stands there `times` times for an organisation."""
        text = hit.text.text
        around = text[hit.start - 1 : hit.start] if hit.start else "", text[hit.end : hit.end + 1]
        title = all(around) and around[0] in _OPENING and around[1] in _CLOSING
        if title or _NUMBER.match(text, hit.end) or all(word.common for word in hit.found.words):
            hit.confidence = NUMBERED
        elif times > 1:
            hit.confidence += REPEATED
