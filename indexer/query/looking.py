"""Looks for a few terms in a text without analysing all of it: most texts of a page of results hold few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from indexer.analysis.characters import is_plain, plain_expression, word_expression
from indexer.analysis.compounds import Compounds
from indexer.analysis.folding import fold
from indexer.analysis.lexicon import Lexicon
from indexer.analysis.stemming import stem_words
from indexer.analysis.terms import Term
from indexer.analysis.variants import of_signed
from indexer.analysis.words import Word, chains, positions, signs

MOST = 100_000
"""Written words that are kept with what they become; then it begins anew."""
STEM = "\0"
"""Stands before a stem among folded words."""


class Wanted(NamedTuple):
    """The terms that are looked for: stems, folded words, terms of the layer."""

    stems: Set[str] = frozenset()
    folded: Set[str] = frozenset()
    layer: Set[str] = frozenset()


class Seen:
    """Which of the words that were ever asked for have a term; safe to share between threads.

    Args:
        terms: what words become, for each word its terms.
    """

    def __init__(self, terms: Callable[[list[str]], Iterable[Iterable[str]]]) -> None:
        self._terms = terms
        self._kept: tuple[set[str], dict[str, list[str]]] = set(), {}

    def having(self, words: Set[str], wanted: Set[str]) -> dict[str, list[str]]:
        """Those of the words that have wanted terms, with these terms."""
        known, holders = self._kept
        new = words - known
        if new:
            if len(known) + len(new) > MOST:
                known, holders = self._kept = set(), {}
                new = words
            for word, terms in zip(new, self._terms(list(new)), strict=True):
                for term in terms:
                    holders.setdefault(term, []).append(word)
            known |= new  # only now, as others may be asking
        found: dict[str, list[str]] = {}
        for term in wanted:
            for word in holders.get(term, ()):
                if word in words:
                    found.setdefault(word, []).append(term)
        return found


class Looker:
    """Finds terms in texts of a language that puts spaces between words."""

    def __init__(self, language: str, compounds: Compounds | None = None) -> None:
        self._language = language
        self._lexicon = Lexicon(language, compounds)
        self._forms = Seen(self._folded_and_stems)
        self._layer = Seen(lambda words: map(self._lexicon.layer, words))

    def _folded_and_stems(self, words: list[str]) -> Iterable[tuple[str, str]]:
        folded = [fold(word) for word in words]
        return zip(folded, (STEM + stem for stem in stem_words(words, self._language, folded)), strict=True)

    def look(self, text: str, wanted: Wanted) -> tuple[list[Term], list[Term], list[Term]]:
        """What `Analyzer.analyse` finds of the wanted terms; those of the layer without their positions (all are 0)."""
        found: tuple[list[Term], list[Term], list[Term]] = ([], [], [])
        if not any(wanted):
            return found
        plain = is_plain(text)
        places = list((plain_expression() if plain else word_expression()).finditer(text))
        written = [place.group() for place in places]
        words = set(written)
        forms = self._forms.having(words, {STEM + stem for stem in wanted.stems} | wanted.folded)
        layer = self._layer.having(words, wanted.layer) if wanted.layer else {}
        wherever = forms.keys() | layer.keys()
        if wherever:
            numbers = range(len(places)) if plain else positions([_word(place) for place in places])
            for i in [i for i, word in enumerate(written) if word in wherever]:
                start, end = places[i].span()
                for term in forms.get(written[i], ()):
                    if term[:1] == STEM:
                        found[0].append(Term(term[1:], numbers[i], start, end))
                    else:
                        found[1].append(Term(term, numbers[i], start, end))
                found[2].extend(Term(term, 0, start, end) for term in layer.get(written[i], ()))
        if wanted.layer:
            near = [_word(place) for place in _near(text, places)]
            found[2].extend(_joined(text, near, self._lexicon, wanted.layer))
        return found


def _word(place: re.Match[str]) -> Word:
    return Word(place.start(), place.end(), place.lastgroup is not None)


def _near(text: str, places: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The words that may have a sign or be joined to a neighbour: all others stand between spaces and letters."""
    spans = [place.span() for place in places]
    near: set[int] = set()
    for i in range(1, len(spans)):
        end = spans[i - 1][1]
        # a space joins nothing but the groups of a number
        if spans[i][0] - end == 1 and (text[end] != " " or text[end - 1].isdecimal()):
            near.update((i - 1, i))
    if "+" in text or "#" in text:
        near.update(i for i, (_, end) in enumerate(spans) if text[end : end + 1] in ("+", "#"))
    return [places[i] for i in sorted(near)]


def _joined(text: str, words: Sequence[Word], lexicon: Lexicon, wanted: Set[str]) -> Iterator[Term]:
    """The wanted layer terms of words with signs (C++) and of words joined to a chain (E-Mail)."""
    if "+" in text or "#" in text:
        for word in words:
            sign = signs(text, word)
            if sign and (term := of_signed(text[word.start : word.end], sign)) in wanted:
                yield Term(term, 0, word.start, word.end + len(sign))
    for chain in chains(text, words):
        start, end = words[chain.first].start, words[chain.last].end
        yield from (Term(term, 0, start, end) for term in lexicon.chain(text[start:end]) if term in wanted)
