"""What of a stored text a query matched: spans, the best snippet, keyword-in-context lines.

Spans are offsets in characters of the text as stored. A word is marked under each of its forms (stem, written form,
variant, part of a compound), a phrase only where all of it stands; what must not match is never marked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from corpus.languages import pack_or_fallback
from indexer.analysis.analyzer import Analyzer
from indexer.analysis.characters import is_plain, plain_expression, word_expression
from indexer.analysis.compounds import COMPOUNDING, Compounds
from indexer.analysis.terms import Term as Found
from indexer.analysis.variants import of_signed
from indexer.analysis.words import Word, chains, signs
from indexer.query import windows
from indexer.query.compile import CompiledQuery
from indexer.query.matching import Leaf, leaves, matches
from indexer.query.nodes import Near, Phrase, Term


class Span(NamedTuple):
    """`text[start:end]` matched word number `word` of the query (an index into `CompiledQuery.words`)."""

    start: int
    end: int
    word: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text on one line: `text`, its offset `start` in the whole, and the (start, end) matched in it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    start: int
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A keyword in context: what matched, what stands left and right of it, and its offsets in the text."""

    left: str
    match: str
    right: str
    start: int
    end: int


class Highlighter:
    """Marks a query in texts. `archive` is what was searched: its `compounds`, if it has any, split compounds."""

    def __init__(self, compiled: CompiledQuery, archive: object | None = None) -> None:
        self._archive = archive
        self._words: list[list[Leaf]] = [list(leaves(word.node())) for word in compiled.words]

    def spans(self, text: str, language: str | Sequence[str], field: str = "body") -> list[tuple[int, int]]:
        """(start, end) of all that matched, in order, without overlaps; `field` is `title` or `body`."""
        return [(span.start, span.end) for span in self.marked(text, language, field)]

    def marked(self, text: str, language: str | Sequence[str], field: str = "body") -> list[Span]:
        """The spans with the word of the query that each belongs to."""
        found = sorted(self._found(text, language, field), key=lambda span: (span.start, -span.end))
        merged: list[Span] = []
        for span in found:
            if merged and span.start < merged[-1].end:
                last = merged[-1]
                if span.end > last.end:
                    merged[-1] = Span(last.start, span.end, last.word)
            else:
                merged.append(span)
        return merged

    def snippet(self, text: str, language: str | Sequence[str], length: int = 240, field: str = "body") -> Snippet:
        """The window of at most `length` characters with the most words of the query, from a sentence on if it can."""
        spans = self.marked(text, language, field)
        start, end = windows.best(text, spans, length)
        piece = windows.one_line(text[start:end])
        inside = tuple((max(s.start, start) - start, min(s.end, end) - start) for s in spans if start <= s.start < end)
        return Snippet(piece, inside, start, start > 0, end < len(text.rstrip()))

    def kwic(self, text: str, language: str | Sequence[str], width: int = 40, field: str = "body") -> list[Line]:
        """One line for each match, with up to `width` characters on either side, cut between words."""
        lines = []
        for span in self.marked(text, language, field):
            first, last = windows.around(text, span.start, span.end, width)
            left, match, right = text[first : span.start], text[span.start : span.end], text[span.end : last]
            flat = windows.one_line
            lines.append(Line(flat(left), flat(match), flat(right), span.start, span.end))
        return lines

    def _found(self, text: str, language: str | Sequence[str], field: str) -> Iterator[Span]:
        codes = (language,) if isinstance(language, str) else tuple(language)
        index: dict[str, dict[str, list[Found]]] = {}
        wanted = self._wanted(field)
        for i, code in enumerate(codes):
            if wanted is not None and not pack_or_fallback(code).cjk:
                some = _only(text, self._analyzer(code), field, wanted, first=i == 0)
                if not self._whole(some):
                    index.update(some)
                    continue
            analysis = self._analyzer(code).analyse(text)
            index[f"{field}_{code}"] = _by_term(analysis.stems)
            if i == 0:
                index[f"{field}_folded"] = _by_term(analysis.folded)
                index[f"{field}_layer"] = _by_term(analysis.layer)
        for number, nodes in enumerate(self._words):
            for node in nodes:
                terms = index.get(node.field)
                if terms:
                    yield from (Span(start, end, number) for start, end in matches(node, terms))

    def _analyzer(self, code: str) -> Analyzer:
        compounds = getattr(self._archive, "compounds", None) if code in COMPOUNDING else None
        return _analyzer(code, compounds)

    def _wanted(self, field: str) -> dict[str, set[str]] | None:
        """Index field → terms that are looked for, alone or in phrases; None when there are patterns among them."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for nodes in self._words:
            for node in nodes:
                if node.field.startswith(field):
                    if not isinstance(node, (Term, Phrase, Near)):
                        return None
                    wanted[node.field].update((node.text,) if isinstance(node, Term) else node.texts)
        return wanted

    def _whole(self, found: Mapping[str, Mapping[str, Sequence[Found]]]) -> bool:
        """Whether all words of some phrase are there: whether they stand as they must takes the positions of all."""
        return any(
            isinstance(node, (Phrase, Near)) and all(found.get(node.field, {}).get(text) for text in node.texts)
            for nodes in self._words
            for node in nodes
        )


def _only(
    text: str, analyzer: Analyzer, field: str, wanted: Mapping[str, set[str]], *, first: bool
) -> dict[str, dict[str, list[Found]]]:
    """What `Analyzer.analyse` finds of the wanted terms. Each word as written is looked up once, and places are told
    apart only where one of them is wanted: most texts of a page of results hold few."""
    names = (analyzer.language, "folded", "layer")
    stems = wanted.get(f"{field}_{analyzer.language}", set())
    folded, layer = (wanted.get(f"{field}_{name}", set()) if first else set() for name in names[1:])
    found: tuple[list[Found], list[Found], list[Found]] = ([], [], [])
    places = list((plain_expression() if is_plain(text) else word_expression()).finditer(text))
    written = [place.group() for place in places]
    distinct = list(dict.fromkeys(written))
    asked = {
        surface: form
        for surface, form in zip(distinct, analyzer.lexicon.forms(distinct), strict=True)
        if form.stem in stems or form.folded in folded or not layer.isdisjoint(form.layer)
    }
    for place, form in ((p, asked[w]) for p, w in zip(places, written, strict=True) if w in asked):
        start, end = place.span()
        if form.stem in stems:
            found[0].append(Found(form.stem, 0, start, end))
        if form.folded in folded:
            found[1].append(Found(form.folded, 0, start, end))
        found[2].extend(Found(term, 0, start, end) for term in form.layer if term in layer)
    if layer:
        words = [Word(place.start(), place.end(), place.lastgroup is not None) for place in _near(text, places)]
        found[2].extend(_joined(text, words, analyzer, layer))
    return {f"{field}_{name}": _by_term(each) for name, each in zip(names, found, strict=True)}


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


def _joined(text: str, words: Sequence[Word], analyzer: Analyzer, layer: set[str]) -> Iterator[Found]:
    """The wanted layer terms of words with signs (C++) and of words joined to a chain (E-Mail)."""
    if "+" in text or "#" in text:
        for word in words:
            sign = signs(text, word)
            if sign and (term := of_signed(text[word.start : word.end], sign)) in layer:
                yield Found(term, 0, word.start, word.end + len(sign))
    for chain in chains(text, words):
        start, end = words[chain.first].start, words[chain.last].end
        yield from (Found(term, 0, start, end) for term in analyzer.lexicon.chain(text[start:end]) if term in layer)


def _by_term(terms: Sequence[Found]) -> dict[str, list[Found]]:
    index: dict[str, list[Found]] = defaultdict(list)
    for term in terms:
        index[term.text].append(term)
    return index


@lru_cache(maxsize=64)
def _analyzer(language: str, compounds: Compounds | None) -> Analyzer:
    return Analyzer(language, compounds)
