"""The reference path: one text, word by word, to the terms of its three fields. `bulk.py` must agree with it.

* stems: the stem in the text's language; bigrams for Chinese and Japanese, or a segmenter's words
* folded: the written word, folded; each character by itself in scripts without spaces
* layer: other ways to type the same, and parts of compounds (`de:minist`)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.analysis import variants
from indexer.analysis.compounds import Compounds
from indexer.analysis.lexicon import Forms, Lexicon
from indexer.analysis.segmenting import is_segmented, sizes
from indexer.analysis.terms import Term
from indexer.analysis.words import Word, chains, positions, signs, split


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
        self.language = language
        self.lexicon = Lexicon(language, compounds)

    def analyse(self, text: str) -> Analysis:
        words = split(text)
        forms = self.lexicon.forms(text[word.start : word.end] for word in words)
        places = positions(words)
        folded = _terms(words, places, [form.folded for form in forms])
        if is_segmented(self.language):
            stems = self._segmented(text, words, places, [form.folded for form in forms])
        elif self.lexicon.pack.cjk:
            stems = _bigrams(folded, {place: word for place, word in zip(places, words, strict=True) if word.single})
        else:
            stems = _terms(words, places, [form.stem for form in forms])
        return Analysis(stems, folded, self._layer(text, words, forms))

    def _segmented(self, text: str, words: Sequence[Word], places: Sequence[int], folded: Sequence[str]) -> list[Term]:
        """The words that a segmenter makes of each run of characters; words of other scripts as folded."""
        terms = []
        at = 0
        while at < len(words):
            end = at + 1
            if words[at].single:
                while end < len(words) and words[end].single and places[end] == places[end - 1] + 1:
                    end += 1
                surfaces = [text[word.start : word.end] for word in words[at:end]]
                counts = sizes(surfaces, folded[at:end], self.language)
            else:
                counts = [1]
            for count in counts:
                whole = "".join(folded[at : at + count])
                if whole:
                    terms.append(Term(whole, places[at], words[at].start, words[at + count - 1].end))
                at += count
        return terms

    def _layer(self, text: str, words: Sequence[Word], forms: Sequence[Forms]) -> list[Term]:
        """Terms in the order of their first word; at one word its signs, its chain, then its own variants."""
        starts = {chain.first: chain for chain in chains(text, words)}
        found: list[tuple[str, int, int]] = []
        for i, (word, form) in enumerate(zip(words, forms, strict=True)):
            sign = signs(text, word)
            if sign:
                found.append((variants.of_signed(text[word.start : word.end], sign), word.start, word.end + len(sign)))
            if i in starts:
                end = words[starts[i].last].end
                found += [(term, word.start, end) for term in self.lexicon.chain(text[word.start : end])]
            found += [(term, word.start, word.end) for term in form.layer]
        return [Term(term, i, start, end) for i, (term, start, end) in enumerate(found)]


def _terms(words: Sequence[Word], places: Sequence[int], texts: Sequence[str]) -> list[Term]:
    joined = zip(words, places, texts, strict=True)
    return [Term(text, place, word.start, word.end) for word, place, text in joined if text]


def _bigrams(folded: Sequence[Term], singles: Mapping[int, Word]) -> list[Term]:
    """Each two characters side by side; a character by itself, and words of other scripts, as folded."""
    terms = {term.position: term for term in folded if term.position in singles}
    result = []
    for term in folded:
        after = terms.get(term.position + 1) if term.position in terms else None
        if after:
            result.append(Term(term.text + after.text, term.position, term.start, after.end))
        elif term.position not in terms or term.position - 1 not in terms:
            result.append(term)
    return result
