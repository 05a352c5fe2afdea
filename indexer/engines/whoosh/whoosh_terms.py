"""The terms of one segment as Whoosh sees them: text fields, facets, ids and numbers alike.

Everything that a Whoosh query may ask for is a term of some field here; texts have positions, the others do not.
The modules named `whoosh_…` import the library; none of the others imports them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from indexer.engines.whoosh.arrays import Array, bounds_of
from indexer.engines.whoosh.facetcolumn import FacetColumn
from indexer.engines.whoosh.field import Field
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.whoosh_schema import NUMBERS, numbers


class Lexicon(Protocol):
    """The terms of a field, numbered in the order of their bytes."""

    def __len__(self) -> int: ...

    def term(self, i: int) -> bytes: ...

    def lower(self, key: bytes) -> int:
        """Number of the first term that is not less than the key."""
        ...

    def docs(self, i: int) -> Array:
        """The documents that hold a term, deleted ones too."""
        ...

    def holders(self, i: int) -> int: ...

    def weights(self, i: int, docs: Array) -> Array:
        """How often the documents, all that hold it, hold the term."""
        ...

    def positions(self, i: int) -> tuple[Array, Array]:
        """Bounds for each document that holds the term, and all its positions."""
        ...


def look_up(lexicon: Lexicon, key: bytes) -> int:
    """Number of a term, -1 when it is not there."""
    i = lexicon.lower(key)
    return i if i < len(lexicon) and lexicon.term(i) == key else -1


def terms_from(lexicon: Lexicon, key: bytes) -> Iterator[bytes]:
    return (lexicon.term(i) for i in range(lexicon.lower(key), len(lexicon)))


class Words:
    """The terms of a text field."""

    def __init__(self, field: Field) -> None:
        self._field = field

    def __len__(self) -> int:
        return len(self._field.terms)

    def term(self, i: int) -> bytes:
        return self._field.terms.raw(i)

    def lower(self, key: bytes) -> int:
        return self._field.terms.lower(key)

    def docs(self, i: int) -> Array:
        return self._field.postings(i, i + 1)[1]

    def holders(self, i: int) -> int:
        return self._field.holders(i)

    def weights(self, i: int, docs: Array) -> Array:
        return self._field.postings(i, i + 1)[2]

    def positions(self, i: int) -> tuple[Array, Array]:
        return bounds_of(self._field.postings(i, i + 1)[2]), self._field.all_positions(i, i + 1)


class _Plain:
    """Terms that a document holds once, without positions."""

    def weights(self, i: int, docs: Array) -> Array:
        return np.ones(len(docs), np.int64)

    def positions(self, i: int) -> tuple[Array, Array]:
        raise ValueError("the field has no positions")


class Values(_Plain):
    """The values of a facet."""

    def __init__(self, facet: FacetColumn) -> None:
        self._facet = facet

    def __len__(self) -> int:
        return len(self._facet.values)

    def term(self, i: int) -> bytes:
        return self._facet.values.raw(i)

    def lower(self, key: bytes) -> int:
        return self._facet.values.lower(key)

    def docs(self, i: int) -> Array:
        return self._facet.docs(i)

    def holders(self, i: int) -> int:
        return self._facet.holders(i)


class Ids(_Plain):
    """The ids, sorted when they are first listed."""

    def __init__(self, segment: Segment) -> None:
        self._names = segment.ids.names

    @cached_property
    def _sorted(self) -> tuple[list[bytes], list[int]]:
        names = list(self._names)
        order = sorted(range(len(names)), key=names.__getitem__)
        return [names[i] for i in order], order

    def __len__(self) -> int:
        return len(self._names)

    def term(self, i: int) -> bytes:
        return self._sorted[0][i]

    def lower(self, key: bytes) -> int:
        return bisect_left(self._sorted[0], key)

    def docs(self, i: int) -> Array:
        return np.array([self._sorted[1][i]], np.intp)

    def holders(self, i: int) -> int:
        return 1


class Numbers(_Plain):
    """A column of numbers as Whoosh indexes them: each at several resolutions (`whoosh.fields.NUMERIC`)."""

    def __init__(self, column: Array, held: Array | None, kind: Any) -> None:
        self._kind = kind
        self._holders = np.arange(column.size) if held is None else np.flatnonzero(held)
        self._sortable = column[self._holders].astype(np.uint64) + np.uint64(1 << (kind.bits - 1))
        self._sortable &= np.uint64((1 << kind.bits) - 1)

    @cached_property
    def _terms(self) -> tuple[Sequence[bytes], Sequence[tuple[int, int]]]:
        found = {}
        for shift in range(0, self._kind.bits, self._kind.shift_step):
            for value in np.unique(self._sortable >> np.uint64(shift)).tolist():
                found[self._kind.sortable_to_bytes(value << shift, shift)] = shift, value
        terms = sorted(found)
        return terms, [found[term] for term in terms]

    def __len__(self) -> int:
        return len(self._terms[0])

    def term(self, i: int) -> bytes:
        return self._terms[0][i]

    def lower(self, key: bytes) -> int:
        return bisect_left(self._terms[0], key)

    def docs(self, i: int) -> Array:
        shift, value = self._terms[1][i]
        held: Array = self._holders[self._sortable >> np.uint64(shift) == np.uint64(value)]
        return held

    def holders(self, i: int) -> int:
        return len(self.docs(i))


def lexicons(segment: Segment, schema: Any) -> dict[str, Lexicon]:
    """All indexed fields of a segment."""
    found: dict[str, Lexicon] = {name: Words(field) for name, field in segment.fields.items()}
    found |= {name: Values(facet) for name, facet in segment.facets.items() if len(facet.values)}
    found["id"] = Ids(segment)
    found |= {name: Numbers(*numbers(segment, name), schema[name]) for name in NUMBERS}
    return {name: lexicon for name, lexicon in found.items() if name in schema}
