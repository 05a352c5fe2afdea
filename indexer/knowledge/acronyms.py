"""Abbreviations in capitals: how likely they name an organisation (`IAEA`), and not a unit, a code or a headline."""

from __future__ import annotations

from indexer.knowledge.fold import fold
from indexer.knowledge.hit import Hit
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.tables import cues

ACRONYM_LEAST, ABBREVIATION = 0.5, 0.8
ACRONYM, IN_BRACKETS, AFTER_ARTICLE, NEVER = 0.62, 0.7, 0.68, 0.3
LEAST_ACRONYM, MOST_ACRONYM = 2, 6


def explained(name: Hit, hit: Hit) -> None:
    """Makes an abbreviation in brackets right behind an organisation its name: `Internationaler Bund (IB)`."""
    text = hit.text.text
    brackets = text[name.end : hit.start] == " (" and text[hit.end : hit.end + 1] == ")"
    if brackets and name.type == "organisation" and name.text is hit.text and name.confidence > ACRONYM_LEAST:
        hit.type, hit.confidence, hit.rule = "organisation", ABBREVIATION, "abbreviation"


class Acronyms:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._stops = frozenset(cues("common_acronyms"))
        self._determiners = frozenset(cues("determiners"))

    def sure(self, text: str, start: int, end: int, before: str) -> float:
        """How sure an abbreviation in capitals names an organisation."""
        word = text[start:end]
        if not (LEAST_ACRONYM <= len(word) <= MOST_ACRONYM and word.isalpha()) or fold(word) in self._stops:
            return NEVER
        if fold(word) in self.lexicon.legal_forms:
            return NEVER
        if not set(word) - set("IVXLC"):
            return NEVER
        near = text[max(0, start - 25) : start] + text[end : end + 25]
        if sum(map(str.isupper, near)) > sum(map(str.islower, near)):  # a headline in capitals
            return NEVER
        if start and text[start - 1] == "(" and text[end : end + 1] == ")":
            return IN_BRACKETS if len(word) > LEAST_ACRONYM else NEVER
        if len(word) > LEAST_ACRONYM and before in self._determiners:
            return AFTER_ARTICLE
        return ACRONYM if len(word) > LEAST_ACRONYM and not text[end : end + 2].strip().isdigit() else NEVER
