"""Compiles Whoosh's query trees: what can be said with nodes runs on arrays, all else on Whoosh's own matchers.

Matched and scored is what the matchers of Whoosh 2.7.4 and whoosh3 match and score, also where it is odd: the boost of
a compound query with one part does not count, NOT scores 1 for each article. Where they are wrong the documentation is
followed: `Not` gives no deleted articles, `AndNot` excludes the first article too, `AndMaybe` adds its second part also
below an `And`, and queries with `constantscore`
score their boost (they do so or not, depending on how many terms are found and whether the index holds more than 5,000
documents). What whoosh3 has mended is as there: `Require` filters (2.7.4 excludes instead), and the boost of a query
that stands for terms counts also where one term is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh import query
from whoosh.fields import NUMERIC
from whoosh.lang.morph_en import variations

from corpus.errors import QueryLimitError
from indexer.engines.whoosh import expand
from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.field import Field
from indexer.engines.whoosh.operators import Given, Operator, Tallied
from indexer.engines.whoosh.plan import Planner, Scored
from indexer.engines.whoosh.strings import decode
from indexer.engines.whoosh.whoosh_schema import NUMBERS, numbers
from indexer.query import nodes

MOST_TERMS = 20_000
"""A query may stand for so many terms of one segment."""


class NotCompiled(Exception):
    """A query that needs Whoosh's matchers."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Terms that each segment finds for itself: all documents score the same, or what their terms score together."""

    field: str
    find: Callable[[Field], Array]
    constant: bool
    boost: float
    factor: float

    def plan(self, planner: Planner) -> Operator:
        """See `Planner.plan`.

        Raises:
            QueryLimitError: there are too many terms.
        """
        field = planner.field(self.field)
        if field is None:
            return planner.nothing()
        numbers = self.find(field)
        if self.constant:
            return expand.Expanded(field, numbers, self.boost * self.factor)
        if len(numbers) > MOST_TERMS:
            raise QueryLimitError(f"The query stands for over {MOST_TERMS} terms of {self.field}; be more precise.")
        boost = self.factor * self.boost
        docs, scores = [np.zeros(0, np.intp)], [np.zeros(0)]
        for word in (planner.word(self.field, decode(field.terms.raw(i)), boost) for i in numbers.tolist()):
            if word is not None:
                docs.append(word.docs)
                scores.append(word.exact(word.docs))
        total = np.bincount(np.concatenate(docs), weights=np.concatenate(scores), minlength=planner.count)
        held = np.zeros(planner.count, bool)
        held[np.concatenate(docs)] = True
        return Tallied(planner.count, np.flatnonzero(held), total[held])


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Articles whose day, minute or time of publication lies in a range, both ends included."""

    name: str
    start: int | None
    end: int | None
    score: float

    def plan(self, planner: Planner) -> Operator:
        column, held = numbers(planner.segment, self.name)
        keep = np.ones(len(column), bool) if held is None else held.copy()
        if self.start is not None:
            keep &= column >= self.start
        if self.end is not None:
            keep &= column <= self.end
        return Given(planner.count, np.flatnonzero(keep), self.score)


@dataclass(frozen=True, slots=True)
class Holding:
    """Articles that have anything in a field."""

    field: str
    score: float

    def plan(self, planner: Planner) -> Operator:
        field, facet = planner.field(self.field), planner.segment.facets.get(self.field)
        if field is not None:
            return Given(planner.count, np.flatnonzero(field.lengths), self.score)
        if facet is None:
            return Given(planner.count, self._others(planner), self.score)
        return Given(planner.count, np.unique(facet.pairs()[0]).astype(np.intp), self.score)

    def _others(self, planner: Planner) -> Array:
        held = numbers(planner.segment, self.field)[1] if self.field in NUMBERS else None
        if held is None:
            return np.arange(planner.count if self.field in (*NUMBERS, "id") else 0)
        return np.flatnonzero(held)


def compile_query(asked: Any, schema: Any, factor: float = 1.0) -> nodes.Node:
    """The node for a query.

    Args:
        factor: what all scores are multiplied by.

    Raises:
        NotCompiled: it must be left to the matchers.
    """
    make = _MAKERS.get(type(asked))
    if make is None:
        raise NotCompiled(type(asked).__name__)
    made: nodes.Node = make(asked, schema, factor)
    return made


def _is_text(schema: Any, name: str) -> bool:
    return name in schema and schema[name].scorable and schema[name].format.supports("positions")


def _null(asked: Any, schema: Any, factor: float) -> nodes.Node:
    return nodes.Nothing()


def _every(asked: Any, schema: Any, factor: float) -> Any:
    if asked.fieldname is None:
        return Scored(nodes.Every(), asked.boost * factor)
    if asked.fieldname not in schema:
        return nodes.Nothing()
    return Holding(asked.fieldname, asked.boost * factor)


def _term(asked: Any, schema: Any, factor: float) -> Any:
    name, boost = asked.fieldname, asked.boost * factor
    if name not in schema:
        return nodes.Nothing()
    try:
        text = schema[name].to_bytes(asked.text)
    except ValueError:
        return nodes.Nothing()
    if isinstance(schema[name], NUMERIC):
        raise NotCompiled("a term of numbers")
    if _is_text(schema, name):
        return nodes.Term(name, decode(text), boost)
    return Scored(nodes.Facet(name, decode(text)), boost)


def _phrase(asked: Any, schema: Any, factor: float) -> nodes.Node:
    if asked.fieldname not in schema:
        return nodes.Nothing()
    if not _is_text(schema, asked.fieldname) or asked.slop < 1 or not asked.words:
        raise NotCompiled("phrase")
    texts = tuple(decode(schema[asked.fieldname].to_bytes(word)) for word in asked.words)
    return nodes.Phrase(asked.fieldname, texts, asked.slop - 1, asked.boost * factor)


def _expanded(asked: Any, schema: Any, factor: float, find: Callable[[Field], Any]) -> Any:
    if asked.fieldname not in schema:
        return nodes.Nothing()
    if not _is_text(schema, asked.fieldname):
        raise NotCompiled("terms of a field that is no text")
    return Expansion(asked.fieldname, find, asked.constantscore, asked.boost, factor)


def _prefix(asked: Any, schema: Any, factor: float) -> Any:
    if not asked.text:
        return _every(query.Every(asked.fieldname, asked.boost), schema, factor)
    return _expanded(asked, schema, factor, lambda field: expand.beginning(field, asked.text))


def _wildcard(asked: Any, schema: Any, factor: float) -> Any:
    if asked.text == "*":
        return _every(query.Every(asked.fieldname, asked.boost), schema, factor)
    if "[" in asked.text:
        raise NotCompiled("character classes")
    return _expanded(asked, schema, factor, lambda field: expand.like(field, asked.text)[0])


def _fuzzy(asked: Any, schema: Any, factor: float) -> Any:
    def find(field: Field) -> Any:
        return expand.close_to(field, asked.text, int(asked.maxdist), asked.prefixlength)[0]

    return _expanded(asked, schema, factor, find)


def _variations(asked: Any, schema: Any, factor: float) -> Any:
    def find(field: Field) -> Any:
        return np.unique([i for word in variations(asked.text) if (i := field.find(word)) >= 0]).astype(np.intp)

    return _expanded(asked, schema, factor, find)


def _term_range(asked: Any, schema: Any, factor: float) -> Any:
    def find(field: Field) -> Any:
        start, end = (None if each is None else _text(each) for each in (asked.start, asked.end))
        numbers = expand.between(field, start, end)
        if asked.startexcl and start is not None:
            numbers = numbers[numbers != field.find(start)]
        if asked.endexcl and end is not None:
            numbers = numbers[numbers != field.find(end)]
        return numbers

    return _expanded(asked, schema, factor, find)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else decode(value)


def _number_range(asked: Any, schema: Any, factor: float) -> Any:
    if asked.fieldname not in NUMBERS or not asked.constantscore:
        raise NotCompiled("numbers")
    start, end = asked.start, asked.end
    start = start + 1 if asked.startexcl and start is not None else start
    end = end - 1 if asked.endexcl and end is not None else end
    if start is None and end is None:
        raise NotCompiled("a range without ends")
    return NumberRange(asked.fieldname, start, end, asked.boost * factor)


def _several(kind: Any) -> Callable[[Any, Any, float], nodes.Node]:
    def make(asked: Any, schema: Any, factor: float) -> nodes.Node:
        if getattr(asked, "scale", None) or getattr(asked, "minmatch", 0):
            raise NotCompiled("coordination")
        if not asked.subqueries:
            return nodes.Nothing()
        if len(asked.subqueries) > 1:
            factor *= asked.boost
        made: nodes.Node = kind(tuple(compile_query(part, schema, factor) for part in asked.subqueries))
        return made

    return make


def _not(asked: Any, schema: Any, factor: float) -> Any:
    return Scored(nodes.Not(compile_query(asked.query, schema)), factor)


def _and_not(asked: Any, schema: Any, factor: float) -> nodes.Node:
    return nodes.And((compile_query(asked.a, schema, factor), nodes.Not(compile_query(asked.b, schema))))


def _and_maybe(asked: Any, schema: Any, factor: float) -> nodes.Node:
    more = nodes.Or((nodes.Every(), compile_query(asked.b, schema, factor)))
    return nodes.And((compile_query(asked.a, schema, factor), more))


def _require(asked: Any, schema: Any, factor: float) -> nodes.Node:
    return nodes.And((compile_query(asked.a, schema, factor), nodes.Filter(compile_query(asked.b, schema))))


def _constant(asked: Any, schema: Any, factor: float) -> Any:
    return Scored(compile_query(asked.child, schema), asked.score * factor)


_MAKERS: dict[Any, Callable[[Any, Any, float], Any]] = {
    type(query.NullQuery): _null, query.Every: _every, query.Term: _term, query.Phrase: _phrase,
    query.Prefix: _prefix, query.Wildcard: _wildcard, query.FuzzyTerm: _fuzzy, query.Variations: _variations,
    query.TermRange: _term_range, query.NumericRange: _number_range, query.DateRange: _number_range,
    query.And: _several(nodes.And), query.Or: _several(nodes.Or), query.Not: _not, query.AndNot: _and_not,
    query.AndMaybe: _and_maybe, query.Require: _require, query.ConstantScoreQuery: _constant,
}  # fmt: skip
