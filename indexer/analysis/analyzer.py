"""The reference path: one text, word by word, to the terms of its three fields. `bulk.py` must agree with it.

* stems: the stem in the text's language; bigrams for Chinese and Japanese
* folded: the written word, folded; each character by itself in scripts without spaces
* layer: other ways to type the same, and parts of compounds (`de:minist`)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.languages import pack_or_fallback
from indexer.analysis import variants
from indexer.analysis.compounds import Compounds
from indexer.analysis.folding import fold
from indexer.analysis.stemming import stem_words
from indexer.analysis.terms import Term
from indexer.analysis.words import Word, chains, signs, split


@dataclass(frozen=True, slots=True)
class Analysis:
    """The terms of one text.

    Attributes:
        stems, folded: positions are those of the words; a position may be missing, never doubled.
        layer: positions count the layer's own terms; offsets are those of the word or chain.
    """

    stems: list[Term]
    folded: list[Term]
    layer: list[Term]


class Analyzer:
    """Analyses texts of one language. `compounds` splits compounds by the archive's vocabulary, when given."""

    def __init__(self, language: str, compounds: Compounds | None = None) -> None:
        self.pack = pack_or_fallback(language)
        self.language = language
        self.compounds = compounds

    def analyse(self, text: str) -> Analysis:
        words = split(text)
        surfaces = [text[word.start : word.end] for word in words]
        folded = [
            Term(term, i, word.start, word.end)
            for i, (word, term) in enumerate(zip(words, map(fold, surfaces), strict=True))
            if term
        ]
        stems = self._bigrams(words, folded) if self.pack.cjk else self._stems(words, surfaces)
        return Analysis(stems, folded, self._layer(text, words, surfaces))

    def _stems(self, words: Sequence[Word], surfaces: Sequence[str]) -> list[Term]:
        stems = stem_words(surfaces, self.language)
        return [Term(stem, i, word.start, word.end) for i, (word, stem) in enumerate(zip(words, stems, strict=True)) if stem]

    def _bigrams(self, words: Sequence[Word], folded: Sequence[Term]) -> list[Term]:
        """Each two characters that stand side by side; a character by itself and words of other scripts as folded."""
        terms = {term.position: term for term in folded}
        result = []
        for term in folded:
            i = term.position
            if not words[i].single:
                result.append(term)
                continue
            after = terms.get(i + 1)
            if after and words[i + 1].single and words[i].end == words[i + 1].start:
                result.append(Term(term.text + after.text, i, term.start, after.end))
            elif not (i and i - 1 in terms and words[i - 1].single and words[i - 1].end == words[i].start):
                result.append(term)
        return result

    def _layer(self, text: str, words: Sequence[Word], surfaces: Sequence[str]) -> list[Term]:
        """Terms in the order of their first word; at one word its own variants, its signs, its chain, its parts."""
        starts = {chain.first: chain for chain in chains(text, words)}
        own = self.pack.folding
        found: list[tuple[str, int, int]] = []
        for i, (word, surface) in enumerate(zip(words, surfaces, strict=True)):
            found += [(term, word.start, word.end) for term in variants.of_word(surface, own)]
            sign = signs(text, word)
            if sign:
                found.append((variants.of_signed(surface, sign), word.start, word.end + len(sign)))
            if i in starts:
                end = words[starts[i].last].end
                found += [(term, word.start, end) for term in variants.of_chain(text[word.start : end], own)]
            if self.compounds:
                found += [(term, word.start, word.end) for term in self.compounds.terms(surface, self.language)]
        return [Term(term, i, start, end) for i, (term, start, end) in enumerate(found)]
