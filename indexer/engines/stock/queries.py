"""Our nodes as a tree of Whoosh queries: Whoosh's own where it has one of the same meaning, else plain ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from whoosh import matching, query
from whoosh.reading import TermNotFound

from indexer.engines.stock import fields
from indexer.query import nodes

Weight = Callable[[str], float]
"""Field name → its weight."""


class Listed(query.Query):  # type: ignore[misc]
    """A query whose hits are worked out at once; subclasses give document number → score in one segment."""

    def hits(self, searcher: Any, context: Any) -> dict[int, float]:
        raise NotImplementedError

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        hits = sorted(self.hits(searcher, context).items())
        if not hits:
            return matching.NullMatcher()
        return matching.ListMatcher([doc for doc, _ in hits], [score for _, score in hits])

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count())

    estimate_min_size = estimate_size


def scores(asked: Any, searcher: Any, context: Any) -> dict[int, float]:
    """Document number → score of a Whoosh query in one segment."""
    found = {}
    matcher = asked.matcher(searcher, context)
    while matcher.is_active():
        found[matcher.id()] = matcher.score()
        matcher.next()
    return found


def is_text(schema: Any, name: str) -> bool:
    """Whether a field holds terms (and no facet values)."""
    return name in schema and isinstance(schema[name], fields.Words)


class TextTerm(query.Term):  # type: ignore[misc]
    """A term of a text field."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        if not is_text(searcher.schema, self.fieldname):
            return matching.NullMatcher()
        return super().matcher(searcher, context)


class Carrying(Listed):
    """Documents that carry a value in a facet, or have it as their id; all with one score."""

    def __init__(self, name: str, value: str, score: float) -> None:
        self.name, self.value, self.score = name, value, score

    def hits(self, searcher: Any, context: Any) -> dict[int, float]:
        reader = searcher.reader()
        if self.name not in reader.schema or not isinstance(reader.schema[self.name], fields.Values | fields.Name):
            return {}
        try:
            return dict.fromkeys(reader.postings(self.name, fields.encode(self.value)).all_ids(), self.score)
        except TermNotFound:
            return {}


class Stored(Listed):
    """Documents whose stored fields pass a test; a score of zero."""

    def __init__(self, test: Callable[[dict[str, Any]], bool]) -> None:
        self.test = test

    def hits(self, searcher: Any, context: Any) -> dict[int, float]:
        return {doc: 0.0 for doc, stored in searcher.reader().iter_docs() if self.test(stored)}


class Without(Listed):
    """Documents that a query does not match; a score of zero."""

    def __init__(self, asked: Any) -> None:
        self.asked = asked

    def hits(self, searcher: Any, context: Any) -> dict[int, float]:
        found = scores(self.asked, searcher, context)
        return {doc: 0.0 for doc, _ in searcher.reader().iter_docs() if doc not in found}


class Unscored(Listed):
    """What a query matches; a score of zero."""

    def __init__(self, asked: Any) -> None:
        self.asked = asked

    def hits(self, searcher: Any, context: Any) -> dict[int, float]:
        return dict.fromkeys(scores(self.asked, searcher, context), 0.0)


class Expanded(Listed):
    """Documents with a term that passes a test; a constant score."""

    def __init__(self, name: str, test: Callable[[str], bool], score: float) -> None:
        self.name, self.test, self.score = name, test, score

    def hits(self, searcher: Any, context: Any) -> dict[int, float]:
        reader = searcher.reader()
        if not is_text(reader.schema, self.name):
            return {}
        terms = [term for term in reader.lexicon(self.name) if self.test(fields.decode(term))]
        return {doc: self.score for term in terms for doc in reader.postings(self.name, term).all_ids()}


class Best(Listed):
    """The best score, plus a share of each other one."""

    def __init__(self, asked: Sequence[Any], tie: float) -> None:
        self.asked, self.tie = asked, tie

    def hits(self, searcher: Any, context: Any) -> dict[int, float]:
        each: dict[int, list[float]] = {}
        for one in self.asked:
            for doc, score in scores(one, searcher, context).items():
                each.setdefault(doc, []).append(score)
        return {doc: max(found) + self.tie * (sum(found) - max(found)) for doc, found in each.items()}


class Placed(Listed):
    """Documents in which the positions of several terms pass a test; scores as the sum of the terms."""

    def __init__(self, asked: Sequence[Any], test: Callable[[list[list[int]]], bool]) -> None:
        self.asked, self.test = asked, test

    def hits(self, searcher: Any, context: Any) -> dict[int, float]:
        found = [scores(one, searcher, context) for one in self.asked]
        both = set.intersection(*map(set, found)) if found else set()
        places = [_places(one, searcher.reader()) for one in self.asked] if both else []
        return {
            doc: sum(score[doc] for score in found) for doc in both if self.test([place[doc] for place in places])
        }


def _places(term: Any, reader: Any) -> dict[int, list[int]]:
    """Document number → positions of a term."""
    found = {}
    matcher = reader.postings(term.fieldname, fields.encode(term.text))
    while matcher.is_active():
        found[matcher.id()] = matcher.value_as("positions")
        matcher.next()
    return found


def in_order(gaps: Sequence[int], slop: int) -> Callable[[list[list[int]]], bool]:
    """The test of `nodes.Phrase`."""

    def test(places: list[list[int]]) -> bool:
        reached = set(places[0])
        for gap, following in zip(gaps, places[1:], strict=True):
            reached = {p for p in following if any(p - step in reached for step in range(gap, gap + slop + 1))}
        return bool(reached)

    return test


def together(texts: Sequence[str], within: int) -> Callable[[list[list[int]]], bool]:
    """The test of `nodes.Near`: some window holds each term as often as it was asked for."""
    wanted = Counter(texts)

    def test(places: list[list[int]]) -> bool:
        where = dict(zip(texts, places, strict=True))
        return any(
            all(sum(start <= p <= start + within for p in where[text]) >= n for text, n in wanted.items())
            for text in where
            for start in where[text]
        )

    return test


def like(pattern: str) -> Callable[[str], bool]:
    """The test of `nodes.Wildcard`."""
    parts = {"*": ".*", "?": "."}
    found = re.compile("".join(parts.get(c) or re.escape(c) for c in pattern), re.DOTALL)
    return lambda text: found.fullmatch(text) is not None


def close_to(text: str, distance: int, prefix: int) -> Callable[[str], bool]:
    """The test of `nodes.Fuzzy`."""
    return lambda term: term.startswith(text[:prefix]) and edits(text, term) <= distance


def between(start: str | None, end: str | None) -> Callable[[str], bool]:
    """The test of `nodes.TermRange`."""
    return lambda term: (start is None or start <= term) and (end is None or term <= end)


def edits(a: str, b: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def _positional(node: nodes.Phrase | nodes.Near, weight: Weight) -> Any:
    terms = [TextTerm(node.field, text, boost=node.boost * weight(node.field)) for text in node.texts]
    if isinstance(node, nodes.Near):
        return Placed(terms, together(node.texts, node.within))
    return Placed(terms, in_order(node.gaps or (1,) * (len(terms) - 1), node.slop))


def _compound(kind: Any, parts: Iterable[nodes.Node], weight: Weight) -> Any:
    return kind([whoosh_query(node, weight) for node in parts])


def whoosh_query(node: nodes.Node, weight: Weight) -> Any:
    """The node as a Whoosh query that matches and scores what `indexer.query.nodes` says."""
    match node:
        case nodes.Every():
            return Stored(lambda _: True)
        case nodes.Nothing() | nodes.Or(nodes=()) | nodes.Best(nodes=()):
            return query.NullQuery
        case nodes.And(nodes=()):
            return Stored(lambda _: True)
        case nodes.Term():
            return TextTerm(node.field, node.text, boost=node.boost * weight(node.field))
        case nodes.Phrase() | nodes.Near():
            return _positional(node, weight)
        case nodes.Prefix(field, text, boost):
            return Expanded(field, lambda term: term.startswith(text), boost)
        case nodes.Wildcard(field, pattern, boost):
            return Expanded(field, like(pattern), boost)
        case nodes.Fuzzy(field, text, distance, prefix, boost):
            return Expanded(field, close_to(text, distance, prefix), boost)
        case nodes.TermRange():
            return Expanded(node.field, between(node.start, node.end), 1.0)
        case nodes.Facet(name, value, boost):
            return Carrying(name, value, boost)
        case nodes.DayRange(start, end):
            return Stored(lambda stored: in_days(stored[fields.DAY], start, end))
        case nodes.And():
            return _compound(query.And, node.nodes, weight)
        case nodes.Or():
            return _compound(query.Or, node.nodes, weight)
        case nodes.Best():
            return Best([whoosh_query(part, weight) for part in node.nodes], node.tie)
        case nodes.Not():
            return Without(whoosh_query(node.node, weight))
        case nodes.Filter():
            return Unscored(whoosh_query(node.node, weight))


def in_days(day: int, start: int | None, end: int | None) -> bool:
    """Whether a day lies in a range, both ends included; 0, not known, only lies in the range that is open twice."""
    if day == 0:
        return start is None and end is None
    return (start is None or start <= day) and (end is None or day <= end)
