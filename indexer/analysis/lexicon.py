"""What a written word becomes in one language, worked out once for each distinct word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.languages import pack_or_fallback
from indexer.analysis import variants
from indexer.analysis.compounds import Compounds
from indexer.analysis.folding import fold, speller
from indexer.analysis.stemming import stem_words

MOST = 200_000
"""Distinct words that are kept; then the lexicon starts anew."""


class Forms(NamedTuple):
    """The folded word, its stem (both may be empty) and its layer terms."""

    folded: str
    stem: str
    layer: tuple[str, ...]


class Lexicon:
    """Forms of the words of one language; safe to share between threads."""

    def __init__(self, language: str, compounds: Compounds | None = None) -> None:
        self.language = language
        self.pack = pack_or_fallback(language)
        self.compounds = compounds
        self._spell = speller(tuple(self.pack.folding.items()))
        self._known: dict[str, Forms] = {}
        self._chains: dict[str, tuple[str, ...]] = {}

    def forms(self, surfaces: Iterable[str]) -> list[Forms]:
        """The forms of each word, in order."""
        surfaces = list(surfaces)
        known = self._known
        new = [surface for surface in dict.fromkeys(surfaces) if surface not in known]
        if new:
            if len(known) + len(new) > MOST:
                known = self._known = {surface: known[surface] for surface in surfaces if surface in known}
            known.update(zip(new, self.made(new, [fold(surface) for surface in new]), strict=True))
        return [known[surface] for surface in surfaces]

    def made(self, surfaces: Sequence[str], folded: Sequence[str]) -> list[Forms]:
        """Forms that are not kept here, of words with their folded forms."""
        stems = stem_words(surfaces, self.language, folded)
        pieces = zip(surfaces, folded, stems, strict=True)
        return [Forms(term, stem, self.layer(surface)) for surface, term, stem in pieces]

    def chain(self, chain: str) -> tuple[str, ...]:
        """Layer terms of words joined to a chain; one written as one word also by its stem (`de:email`)."""
        known = self._chains.get(chain)
        if known is None:
            if len(self._chains) > MOST:
                self._chains = {}
            known = self._chains[chain] = self.chain_made(chain)
        return known

    def chain_made(self, chain: str) -> tuple[str, ...]:
        """As `chain`, not kept here."""
        terms = variants.of_chain(chain, self._spell)
        if not terms or not self.pack.stemmer or self.pack.cjk:
            return terms
        stems = stem_words(list(variants.joined(chain)), self.language)
        return terms + tuple(f"{self.language}:{stem}" for stem in stems if stem)

    def layer(self, surface: str) -> tuple[str, ...]:
        """The layer terms of one word, not kept here."""
        parts = self.compounds.terms(surface, self.language) if self.compounds else ()
        return variants.of_word(surface, self._spell) + parts
