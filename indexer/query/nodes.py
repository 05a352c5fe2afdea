"""The query tree that engines are given: every leaf is an analysed term of one index field.

The parser and the expansion over languages make this tree; an engine only has to know these nodes. Text has been
analysed, limits have been applied, nothing here needs a language pack.

What a node scores:

    Term                    boost × weight of the field × BM25 (see `indexer.engines.base.Engine.builder`)
    Phrase, Near            boost × the sum of what their terms score, a term named twice counted twice
    Prefix, Wildcard, Fuzzy boost
    Facet                   boost (0 unless told)
    TermRange               1
    And, Or                 the sum of those nodes that match
    Best                    the best node that matches, plus `tie` × each other one that matches
    all others              0

A field or a facet that the index does not hold matches nothing, and never raises an error.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Every:
    """All articles."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


@dataclass(frozen=True, slots=True)
class Term:
    """Articles whose `field` holds the term `text`."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """The terms in this order; `slop` is the number of other words allowed between each two (0: side by side).

    `gaps[i]` is the distance in positions between term i and term i + 1 when something (a stop word of another
    layer, say) stood between them in the query; empty means all are neighbours (1). The article must hold positions
    p of the terms with `gaps[i] <= p[i + 1] - p[i] <= gaps[i] + slop` for each i. No terms match nothing.
    """

    field: str
    texts: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """The terms in any order within a window of `within` positions between first and last.

    The article must hold a position for each term, a term named twice at two places, with
    `max(p) - min(p) <= within`. No terms match nothing.
    """

    field: str
    texts: tuple[str, ...]
    within: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Articles with a term that begins with `text` (with any term, when it is empty)."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Articles with a term that matches `pattern` as a whole: `*` any run, also an empty one, `?` any one character."""

    field: str
    pattern: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Articles with a term at most `distance` edits away that shares the first `prefix` characters.

    An edit puts in, takes out or replaces one code point (Levenshtein). A `text` shorter than `prefix` is shared whole.
    """

    field: str
    text: str
    distance: int = 1
    prefix: int = 1
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class TermRange:
    """Articles with a term between `start` and `end` in the order of code points, both included; None is open."""

    field: str
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Facet:
    """Articles that carry `value` in the facet column `name` (those of `FACETS`, and `id`)."""

    name: str
    value: str
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class DayRange:
    """Articles published from `start` to `end`, days as proleptic Gregorian ordinals, both included; None is open.

    An undated article passes only when both are None.
    """

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class And:
    """All of the nodes; scores add up. Without nodes it matches every article."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the nodes; scores add up. Without nodes it matches none."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """Any of the nodes; the best score counts, plus `tie` times each other one (forms of one and the same word)."""

    nodes: tuple[Node, ...]
    tie: float = 0.1


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match; adds nothing to the score."""

    node: Node


@dataclass(frozen=True, slots=True)
class Filter:
    """Articles that match, each with a score of zero."""

    node: Node


Node = (
    Every | Nothing | Term | Phrase | Near | Prefix | Wildcard | Fuzzy | TermRange | Facet | DayRange
    | And | Or | Best | Not | Filter
)
