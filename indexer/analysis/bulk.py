"""Many articles at once to the columns that engines store: the same terms and positions as `analyzer.py` gives.

Words are numbered by hash; what a word becomes is worked out once for each distinct word and language, and kept until
there are `MOST_WORDS` of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.compounds import Compounds
from indexer.analysis.hashing import I64, HashTable
from indexer.analysis.numbering import I32, Folded, Tongue, Vocabulary, Written
from indexer.analysis.scan import Bools, Scanned, scan
from indexer.analysis.segmenting import is_segmented, sizes
from indexer.analysis.terms import TermColumns
from indexer.analysis.variants import of_signed

BLOCK = 1 << 18
"""Characters that are scanned at once, about; a longer text is a block of its own."""
MOST_WORDS = 400_000
_PAIR = np.uint64(0x9E3779B97F4A7C15)

Piece = tuple[I64, I32, NDArray[np.uint32]]
"""Number of the text, term and position of each token."""


class BulkAnalyzer:
    """Gives the terms of articles field by field; not to be shared between threads."""

    def __init__(self, compounds: Compounds | None = None) -> None:
        self.compounds = compounds
        self._begin()

    def _begin(self) -> None:
        self._words, self._chains = Written(), Written()
        self._folded = Folded(self._words)
        self._layer = Vocabulary()
        self._pairs = _Pairs(self._folded.vocabulary)
        self._tongues: dict[str, Tongue] = {}

    def columns(
        self, titles: Sequence[str], bodies: Sequence[str], languages: Sequence[str | Sequence[str]]
    ) -> Mapping[str, TermColumns]:
        """The fields of `indexer.engines.base` for n articles.

        `languages[i]` is the language of article i, or all of its languages when it is in several: it then has
        stems in the fields of each, and layer terms of the first.
        """
        if len(self._words.texts) > MOST_WORDS:
            self._begin()
        spoken = [(given,) if isinstance(given, str) else tuple(given) for given in languages]
        texts, codes = [*titles, *bodies], spoken * 2
        pieces: dict[str, list[Piece]] = {}
        for start, stop in _blocks(texts):
            for suffix, (owner, terms, positions) in self._block(texts[start:stop], codes[start:stop]):
                pieces.setdefault(suffix, []).append((owner + start, terms, positions))
        return self._fields(pieces, len(titles), sorted({code for one in spoken for code in one}))

    def _fields(
        self, pieces: Mapping[str, list[Piece]], count: int, languages: Sequence[str]
    ) -> dict[str, TermColumns]:
        result: dict[str, TermColumns] = {}
        nothing: list[Piece] = [(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint32))]
        for suffix in (*languages, "folded", "layer"):
            owner, terms, positions = map(np.concatenate, zip(*pieces.get(suffix, nothing), strict=True))
            bounds = np.searchsorted(owner, np.arange(2 * count + 1))
            for kind, own in (("title", bounds[: count + 1]), ("body", bounds[count:])):
                ids = terms[own[0] : own[-1]].astype(np.uint32)
                result[f"{kind}_{suffix}"] = TermColumns(
                    self._vocabulary(suffix), ids, positions[own[0] : own[-1]], (own - own[0]).astype(np.int64)
                )
        return result

    def _vocabulary(self, suffix: str) -> Sequence[str]:
        if suffix == "folded":
            return self._folded.vocabulary.texts
        if suffix == "layer":
            return self._layer.texts
        tongue = self._tongue(suffix)
        return self._pairs.terms.texts if tongue.lexicon.pack.cjk and not is_segmented(suffix) else tongue.stems.texts

    def _tongue(self, code: str) -> Tongue:
        if code not in self._tongues:
            self._tongues[code] = Tongue(code, self.compounds, self._layer)
        return self._tongues[code]

    def _segmented(self, code: str, found: Scanned, words: I32, folded: I32, mine: I64) -> Piece:
        """The words that a segmenter makes of each run of characters; words of other scripts as folded."""
        single, places, owner = found.single[mine], found.position[mine], found.owner[mine]
        broken = np.ones(mine.size, bool)
        broken[1:] = ~(single[1:] & single[:-1] & (owner[1:] == owner[:-1]) & (places[1:] == places[:-1] + 1))
        starts = np.flatnonzero(broken).tolist()
        written, read = self._words.texts, self._folded.vocabulary.texts
        kept, terms = [], []
        for at, end in zip(starts, [*starts[1:], int(mine.size)], strict=True):
            run = mine[at:end]
            plain = [read[i] if i >= 0 else "" for i in folded[run].tolist()]
            counts = sizes([written[i] for i in words[run].tolist()], plain, code) if single[at] else [1]
            inside = 0
            for count in counts:
                whole = "".join(plain[inside : inside + count])
                if whole:
                    kept.append(at + inside)
                    terms.append(whole)
                inside += count
        numbers = np.array(self._tongue(code).stems.numbers(terms), np.int32)
        chosen = np.array(kept, np.int64)
        return owner[chosen], numbers, places[chosen]

    def _block(self, texts: Sequence[str], codes: Sequence[Sequence[str]]) -> Iterator[tuple[str, Piece]]:
        found = scan(texts)
        words = self._words.numbers(found, found.starts, found.ends)
        folded = self._folded.of(words)
        chained = self._chains.numbers(found, found.starts[found.first], found.ends[found.last])
        layer = _Layer(found)
        for i, sign in found.signed:
            layer.add(np.array([i]), 0, np.array([self._layer.number(of_signed(self._words.texts[words[i]], sign))]))
        for code in sorted({code for one in codes for code in one}):
            tongue = self._tongue(code)
            speaks = np.array([code in one for one in codes])
            mine = np.arange(words.size) if speaks.all() else np.flatnonzero(speaks[found.owner])
            tongue.learn(words[mine], self._words, self._folded)
            if is_segmented(code):
                yield code, self._segmented(code, found, words, folded, mine)
            elif tongue.lexicon.pack.cjk:
                yield code, self._pairs.of(found, folded, mine)
            else:
                yield code, _kept(found, tongue.stems_of(words[mine]), mine)
            leads = np.array([one[:1] == (code,) for one in codes])
            links = np.flatnonzero(leads[found.owner[found.first]])
            which, terms = tongue.chains_of(chained[links], self._chains)
            layer.add(found.first[links[which]], 1, terms)
            leading = mine if leads.all() else np.flatnonzero(leads[found.owner])
            which, terms = tongue.words.of(words[leading])
            layer.add(leading[which], 2, terms)
        yield "folded", _kept(found, folded, np.arange(words.size))
        yield "layer", layer.piece()


class _Layer:
    """Gathers layer terms and puts them in order: by word, at one word signs, chain, its own."""

    def __init__(self, found: Scanned) -> None:
        self._found = found
        self._keys: list[I64] = [np.zeros(0, np.int64)]
        self._terms: list[I32] = [np.zeros(0, np.int32)]

    def add(self, words: I64, rank: int, terms: I32) -> None:
        self._keys.append(words * 3 + rank)
        self._terms.append(terms.astype(np.int32))

    def piece(self) -> Piece:
        keys = np.concatenate(self._keys)
        order = np.argsort(keys, kind="stable")
        owner = self._found.owner[keys[order] // 3]
        firsts = np.searchsorted(owner, owner)
        return owner, np.concatenate(self._terms)[order], (np.arange(owner.size) - firsts).astype(np.uint32)


class _Pairs:
    """Terms of two characters side by side, numbered by the numbers of the characters."""

    def __init__(self, characters: Vocabulary) -> None:
        self.terms = Vocabulary()
        self._characters = characters
        self._table = HashTable()

    def of(self, found: Scanned, folded: I32, mine: I64) -> Piece:
        """Pairs, characters that stand alone, and words of other scripts; `mine` are whole texts."""
        terms, owner, places = folded[mine], found.owner[mine], found.position[mine]
        single = found.single[mine] & (terms >= 0)
        paired = np.zeros(mine.size, bool)
        paired[:-1] = single[1:] & single[:-1] & (owner[1:] == owner[:-1]) & (places[1:] == places[:-1] + 1)
        ended = np.zeros(mine.size, bool)
        ended[1:] = paired[:-1]
        kept = np.flatnonzero((terms >= 0) & (paired | ~ended))
        second = np.where(paired[kept], terms[np.minimum(kept + 1, mine.size - 1)], -1)
        numbers = self._numbers(terms[kept], second)
        return owner[kept], numbers, places[kept]

    def _numbers(self, first: I32, second: I32) -> I32:
        texts = self._characters.texts

        def added(where: I64) -> None:
            for a, b in zip(first[where].tolist(), second[where].tolist(), strict=True):
                self.terms.texts.append(texts[a] + (texts[b] if b >= 0 else ""))

        keys = (first.astype(np.uint64) << np.uint64(32)) | (second.astype(np.int64) + 1).astype(np.uint64)
        return self._table.numbers(keys * _PAIR | np.uint64(1), added)


def _kept(found: Scanned, terms: I32, mine: I64) -> Piece:
    some: Bools = terms >= 0
    if not some.all():
        terms, mine = terms[some], mine[some]
    return found.owner[mine], terms, found.position[mine]


def _blocks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of texts, each of about BLOCK characters."""
    start = size = 0
    for i, text in enumerate(texts):
        if size and size + len(text) > BLOCK:
            yield start, i
            start, size = i, 0
        size += len(text) + 1
    if size:
        yield start, len(texts)
