"""Numbers instead of words: written words, terms, and what each word becomes in a language, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.compounds import Compounds
from indexer.analysis.folding import fold
from indexer.analysis.hashing import I64, Growing, HashTable
from indexer.analysis.lexicon import Lexicon
from indexer.analysis.scan import Scanned

I32 = NDArray[np.int32]
UNKNOWN = -2
NO_TERM = -1


class Vocabulary:
    """Terms by number; `texts` only grows, so columns may share it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a term; NO_TERM for an empty one."""
        if not text:
            return NO_TERM
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """As `number`, for many."""
        known, own = self._numbers, self.texts
        result = []
        for text in texts:
            number = known.get(text, NO_TERM) if text else NO_TERM
            if number < 0 and text:
                number = known[text] = len(own)
                own.append(text)
            result.append(number)
        return result


class Written:
    """Distinct pieces of text (words, or chains of them) by number; upper and lower case are one."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._table = HashTable()

    def numbers(self, found: Scanned, starts: I64, ends: I64) -> I32:
        """The number of each piece `starts[i]:ends[i]`."""

        def added(where: I64) -> None:
            self.texts.extend(found.surfaces(starts[where], ends[where]))

        return self._table.numbers(found.hashes.of(starts, ends), added)


class Folded:
    """The folded form of each written word."""

    def __init__(self, words: Written) -> None:
        self.vocabulary = Vocabulary()
        self._words = words
        self._of = Growing(np.int32)

    def of(self, words: I32) -> I32:
        """Term numbers of words; NO_TERM where nothing is left."""
        new = self._words.texts[self._of.size :]
        self._of.extend(self.vocabulary.numbers(map(fold, new)))
        terms: I32 = self._of.view[words]
        return terms

    def text_of(self, words: Sequence[int]) -> list[str]:
        """The folded texts of words that `of` was asked for before."""
        texts = self.vocabulary.texts
        return [texts[number] if number >= 0 else "" for number in self._of.view[words].tolist()]


class Lists:
    """For each number a list of terms, filled in when it is first asked for."""

    def __init__(self) -> None:
        self._start = Growing(np.int32)
        self._count = Growing(np.int32)
        self._terms = Growing(np.int32)

    def missing(self, numbers: I32, upto: int) -> list[int]:
        """Those of `numbers` that have no list yet, each once; `upto` numbers may be asked for."""
        self._start.resize(upto, UNKNOWN)
        self._count.resize(upto, 0)
        asked = np.zeros(upto, bool)
        asked[numbers] = True
        return np.flatnonzero(asked & (self._start.view == UNKNOWN)).tolist()

    def fill(self, numbers: Sequence[int], lists: Sequence[Sequence[str]], vocabulary: Vocabulary) -> None:
        """Set the list of each number, terms numbered by the vocabulary."""
        counts = np.fromiter(map(len, lists), np.int32, len(lists))
        self._count.view[numbers] = counts
        self._start.view[numbers] = self._terms.size + np.cumsum(counts) - counts
        self._terms.extend(vocabulary.numbers(term for terms in lists for term in terms))

    def of(self, numbers: I32) -> tuple[I64, I32]:
        """Which of the numbers each term belongs to (an index), and the terms."""
        counts = self._count.view[numbers]
        some = np.flatnonzero(counts)
        counts = counts[some].astype(np.int64)
        which = np.repeat(some, counts)
        inside = np.arange(which.size) - np.repeat(np.cumsum(counts) - counts, counts)
        return which, self._terms.view[self._start.view[numbers][which] + inside]


class Tongue:
    """What words and chains become in one language."""

    def __init__(self, language: str, compounds: Compounds | None, layer: Vocabulary) -> None:
        self.lexicon = Lexicon(language, compounds)
        self.stems = Vocabulary()
        self.words = Lists()
        self.chains = Lists()
        self._layer = layer
        self._stem_of = Growing(np.int32)

    def learn(self, words: I32, written: Written, folded: Folded) -> None:
        """Work out stems and layer terms of the words that were not met in this language before."""
        new = self.words.missing(words, len(written.texts))
        self._stem_of.resize(len(written.texts), UNKNOWN)
        if not new:
            return
        texts = [written.texts[i] for i in new]
        forms = self.lexicon.made(texts, folded.text_of(new))
        self._stem_of.view[new] = self.stems.numbers(form.stem for form in forms)
        self.words.fill(new, [form.layer for form in forms], self._layer)

    def stems_of(self, words: I32) -> I32:
        """Term numbers of the stems of words that were learnt."""
        terms: I32 = self._stem_of.view[words]
        return terms

    def chains_of(self, chains: I32, written: Written) -> tuple[I64, I32]:
        """As `Lists.of`: the layer terms of chains."""
        new = self.chains.missing(chains, len(written.texts))
        self.chains.fill(new, [self.lexicon.chain_made(written.texts[i]) for i in new], self._layer)
        return self.chains.of(chains)
