"""How a facet is laid out in a segment's file: a sorted dictionary of values, the values of each document, and back.

A facet of which no document has two values is one column (0: none, else the value's number plus one). Otherwise the
values of document d are `codes[first[d]:first[d + 1]]`. The documents of value v are `docs[held[v]:held[v + 1]]`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh import strings
from indexer.engines.whoosh.arrays import bounds_of, narrow, smallest
from indexer.engines.whoosh.format import ArrayWriter


def write_facet(
    writer: ArrayWriter, name: str, values: Sequence[bytes], docs: NDArray[np.integer], codes: NDArray[np.integer],
    count: int,
) -> None:
    """Write one facet.

    Args:
        values: encoded, sorted, each held by a document.
        docs, codes: which document has which value, each pair once, in any order.
        count: number of documents.
    """
    strings.write(writer, f"{name}/values", values)
    number = max(len(values), 1)
    keys = docs.astype(np.int64)
    keys *= number
    keys += codes
    keys.sort()
    docs = (keys // number).astype(smallest(count))  # small types, as there may be many pairs
    codes = (keys % number).astype(smallest(number))
    del keys
    sizes = np.bincount(docs, minlength=count)
    if sizes.max(initial=0) <= 1:
        column = np.zeros(count, smallest(len(values)))
        column[docs] = codes + 1
        writer.add(f"{name}/column", column)
    else:
        first = bounds_of(sizes)
        writer.add(f"{name}/first", first.astype(narrow(int(first[-1]))))
        writer.add(f"{name}/codes", codes)
    held = bounds_of(np.bincount(codes, minlength=len(values)))
    writer.add(f"{name}/held", held.astype(narrow(int(held[-1]))))
    writer.add(f"{name}/docs", docs[np.argsort(codes, kind="stable")])

