"""Compiles a query tree for one segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np

from indexer.engines.whoosh import expand
from indexer.engines.whoosh.field import Field
from indexer.engines.whoosh.found import Docs, Found, nothing
from indexer.engines.whoosh.operators import And, Constant, Given, Not, Nothing, Operator, Or, Probed, Span
from indexer.engines.whoosh.positional import Near, Phrase
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.weights import Weights
from indexer.engines.whoosh.word import Word
from indexer.query import nodes
from indexer.query.notes import Note


@dataclass(frozen=True, slots=True)
class Scored:
    """A node of the engine's own: the articles that match a node, each with this score."""

    node: nodes.Node | Scored
    score: float


OUT_OF_TIME = "The time for a query was over before all was looked through: there may be more."
MANY_PARTS = 8
"""Of an OR with more parts, those that the time does not reach are left out."""


class Planner:
    """Compiles for one segment; gathers notes for the reader of the answer.

    Attributes:
        segment: that for which is compiled.
        notes: what had to be left out.
    """

    def __init__(self, segment: Segment, weights: Weights, until: float | None = None) -> None:
        self.segment, self._weights, self._until = segment, weights, until
        now = monotonic()
        self._compiling = now if until is None else now + (until - now) / 2  # the other half is for what was compiled
        self.count = segment.count
        self.notes: list[str] = []

    def plan(self, node: nodes.Node | Scored) -> Operator:
        """The operator for a node; nodes of the engine's own make theirs themselves."""
        make = _PLANS.get(type(node))
        if make is None:
            own: Operator = node.plan(self)  # type: ignore[union-attr]
            return own
        return make(self, node)

    def late(self, *, compiling: bool = False) -> bool:
        """Whether the time (that to compile a query in) is over, which then is noted."""
        if self._until is None or monotonic() < (self._compiling if compiling else self._until):
            return False
        if OUT_OF_TIME not in self.notes:
            self.notes.append(OUT_OF_TIME)
        return True

    def field(self, name: str) -> Field | None:
        """A field of the segment."""
        return self.segment.fields.get(name)

    def nothing(self) -> Operator:
        return Nothing(self.count)

    def word(self, field: str, text: str, boost: float) -> Word | None:
        """The operator for a term, if the segment holds it."""
        terms = self.segment.fields.get(field)
        number = -1 if terms is None else terms.find(text)
        if terms is None or number < 0:
            return None
        return Word(terms, number, self._weights.term(field, text, boost), self._weights.norm(field))

    def words(self, field: str, texts: Sequence[str], boost: float) -> list[Word] | None:
        """The operators of all of some terms, the same one for the same term; None if one is missing."""
        known = {text: self.word(field, text, boost) for text in set(texts)}
        found = [word for text in texts if (word := known[text]) is not None]
        return found if found and len(found) == len(texts) else None

    def _every(self, node: nodes.Every) -> Operator:
        return Span(self.count, 0, self.count)

    def _nothing(self, node: nodes.Nothing) -> Operator:
        return self.nothing()

    def _term(self, node: nodes.Term) -> Operator:
        return self.word(node.field, node.text, node.boost) or self.nothing()

    def _phrase(self, node: nodes.Phrase) -> Operator:
        words = self.words(node.field, node.texts, node.boost)
        if words is None or len(words) == 1:
            return words[0] if words else self.nothing()
        return Phrase(words, node.gaps or (1,) * (len(words) - 1), node.slop)

    def _near(self, node: nodes.Near) -> Operator:
        words = self.words(node.field, node.texts, node.boost)
        if words is None or len(words) == 1:
            return words[0] if words else self.nothing()
        return Near(words, node.within)

    def _prefix(self, node: nodes.Prefix) -> Operator:
        terms = self.segment.fields.get(node.field)
        if terms is None:
            return self.nothing()
        return expand.Expanded(terms, expand.beginning(terms, node.text), node.boost)

    def _wildcard(self, node: nodes.Wildcard) -> Operator:
        terms = self.segment.fields.get(node.field)
        if terms is None or self.late(compiling=True):
            return self.nothing()
        numbers, cut = expand.like(terms, node.pattern)
        self._note(cut, node.pattern)
        return expand.Expanded(terms, numbers, node.boost)

    def _fuzzy(self, node: nodes.Fuzzy) -> Operator:
        terms = self.segment.fields.get(node.field)
        if terms is None or self.late(compiling=True):
            return self.nothing()
        numbers, cut = expand.close_to(terms, node.text, node.distance, node.prefix)
        self._note(cut, f"{node.text}~")
        return expand.Expanded(terms, numbers, node.boost)

    def _note(self, cut: bool, what: str) -> None:
        if cut:
            self.notes.append(Note("pattern-limit", text=what, number=expand.TESTED))

    def _range(self, node: nodes.TermRange) -> Operator:
        terms = self.segment.fields.get(node.field)
        if terms is None:
            return self.nothing()
        return expand.Expanded(terms, expand.between(terms, node.start, node.end), 1.0)

    def _facet(self, node: nodes.Facet) -> Operator:
        if node.name == "id":
            doc = self.segment.ids.number(node.value)
            return Given(self.count, np.array([doc], np.intp), node.boost) if doc >= 0 else self.nothing()
        facet = self.segment.facets.get(node.name)
        code = -1 if facet is None else facet.find(node.value)
        return self.nothing() if facet is None or code < 0 else Given(self.count, facet.docs(code), node.boost)

    def _days(self, node: nodes.DayRange) -> Operator:
        return Span(self.count, *self.segment.day_range(node.start, node.end))

    def _and(self, node: nodes.And) -> Operator:
        parts = [self.plan(part) for part in node.nodes]
        if any(isinstance(part, Nothing) for part in parts):
            return self.nothing()
        if not parts:
            return Span(self.count, 0, self.count)
        return parts[0] if len(parts) == 1 else And(parts)

    def _or(self, node: nodes.Or | nodes.Best) -> Operator:
        parts = [part for each in node.nodes if not isinstance(part := self.plan(each), Nothing)]
        if len(parts) < 2:
            return parts[0] if parts else self.nothing()
        if len(parts) > MANY_PARTS:
            parts = [Timed(part, self) for part in parts]
        return Or(parts, node.tie if isinstance(node, nodes.Best) else None)

    def _not(self, node: nodes.Not) -> Operator:
        return Not(self.plan(node.node))

    def _filter(self, node: nodes.Filter) -> Operator:
        return Constant(self.plan(node.node), 0.0)

    def _scored(self, node: Scored) -> Operator:
        return Constant(self.plan(node.node), node.score)


class Timed(Operator):
    """Another operator for as long as there is time, nothing afterwards."""

    def __init__(self, inner: Operator, planner: Planner) -> None:
        self._inner, self._planner = inner, planner
        self.count, self.size, self.slack, self.ratio = inner.count, inner.size, inner.slack, inner.ratio

    def found(self, scored: bool = True) -> Found:
        return nothing() if self._planner.late() else self._inner.found(scored)

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        return self._inner.probe(docs, exact=exact, scored=scored)


_PLANS: dict[type, Callable[..., Operator]] = {
    nodes.Every: Planner._every, nodes.Nothing: Planner._nothing, nodes.Term: Planner._term,
    nodes.Phrase: Planner._phrase, nodes.Near: Planner._near, nodes.Prefix: Planner._prefix,
    nodes.Wildcard: Planner._wildcard, nodes.Fuzzy: Planner._fuzzy, nodes.TermRange: Planner._range,
    nodes.Facet: Planner._facet, nodes.DayRange: Planner._days, nodes.And: Planner._and, nodes.Or: Planner._or,
    nodes.Best: Planner._or, nodes.Not: Planner._not, nodes.Filter: Planner._filter, Scored: Planner._scored,
}
