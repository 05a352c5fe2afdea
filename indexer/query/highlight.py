"""What of a stored text a query matched: spans, the best snippet, keyword-in-context lines.

Spans are offsets in characters of the text as stored. A word is marked under each of its forms (stem, written form,
variant, part of a compound), a phrase only where all of it stands; what must not match is never marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from corpus.languages import pack_or_fallback
from indexer.analysis.analyzer import Analyzer
from indexer.analysis.compounds import COMPOUNDING, Compounds
from indexer.analysis.terms import Term as Found
from indexer.query import windows
from indexer.query.compile import CompiledQuery
from indexer.query.looking import Looker, Wanted
from indexer.query.matching import Leaf, leaves, matches
from indexer.query.nodes import Near, Node, Phrase, Term

_NONE: frozenset[str] = frozenset()


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
        self._looked_for: dict[str, Mapping[str, set[str]] | None] = {}

    def each(self, docs: Sequence[int], holding: Callable[[Node, Sequence[int]], Sequence[bool]]) -> list[Highlighter]:
        """For each of some documents one that looks for layer terms in its body only if it has them there.

        Most have none, and to find that out in the text takes longer than all the rest. `holding`: see `Searcher`.
        """
        layered = (leaf for nodes in self._words for leaf in nodes if leaf.field == "body_layer")
        held = {leaf: holding(leaf, docs) for leaf in layered if isinstance(leaf, Term)}
        made: dict[frozenset[Leaf], Highlighter] = {}
        found = []
        for i in range(len(docs)):
            absent = frozenset(leaf for leaf, here in held.items() if not here[i])
            found.append(made.get(absent) or made.setdefault(absent, self._without(absent)))
        return found

    def _without(self, absent: Set[Leaf]) -> Highlighter:
        other = copy(self)
        other._words = [[leaf for leaf in nodes if leaf not in absent] for nodes in self._words]
        other._looked_for = {}
        return other

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
            names = (code, "folded", "layer")[: 3 if i == 0 else 1]
            compounds = getattr(self._archive, "compounds", None) if code in COMPOUNDING else None
            if wanted is not None and not pack_or_fallback(code).cjk:
                found = _looker(code, compounds).look(text, Wanted(*(wanted.get(name, _NONE) for name in names)))
            else:
                analysis = _analyzer(code, compounds).analyse(text)
                found = (analysis.stems, analysis.folded, analysis.layer)
            index.update((f"{field}_{name}", _by_term(terms)) for name, terms in zip(names, found, strict=False))
        for number, nodes in enumerate(self._words):
            for node in nodes:
                terms = index.get(node.field)
                if terms:
                    yield from (Span(start, end, number) for start, end in matches(node, terms))

    def _wanted(self, field: str) -> Mapping[str, set[str]] | None:
        """Suffix of an index field → terms that are looked for in it, alone or in phrases; None when it takes all of a
        text to find them: patterns, and phrases of the layer, whose places count the layer's own terms."""
        if field not in self._looked_for:
            self._looked_for[field] = self._all_wanted(field)
        return self._looked_for[field]

    def _all_wanted(self, field: str) -> Mapping[str, set[str]] | None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for nodes in self._words:
            for node in nodes:
                kind, _, suffix = node.field.partition("_")
                if kind == field:
                    if not isinstance(node, (Term, Phrase, Near)) or (suffix == "layer" and not isinstance(node, Term)):
                        return None
                    wanted[suffix].update((node.text,) if isinstance(node, Term) else node.texts)
        return wanted


def _by_term(terms: Sequence[Found]) -> dict[str, list[Found]]:
    index: dict[str, list[Found]] = defaultdict(list)
    for term in terms:
        index[term.text].append(term)
    return index


@lru_cache(maxsize=64)
def _analyzer(language: str, compounds: Compounds | None) -> Analyzer:
    return Analyzer(language, compounds)


@lru_cache(maxsize=64)
def _looker(language: str, compounds: Compounds | None) -> Looker:
    return Looker(language, compounds)
