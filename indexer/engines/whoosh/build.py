"""From pending articles to a segment's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh import strings
from indexer.engines.whoosh.docfile import StoredWriter, hashed, write_dates, write_ids
from indexer.engines.whoosh.facetfile import number, write_facet
from indexer.engines.whoosh.fieldfile import write_field
from indexer.engines.whoosh.format import ArrayWriter
from indexer.engines.whoosh.invert import invert
from indexer.engines.whoosh.pending import Pending


def build_segment(path: Path, pending: Pending) -> int:
    """Write the pending articles, sorted by date, and forget them; returns their number."""
    rows, days, minutes = pending.order()
    writer = ArrayWriter(path)
    try:
        meta: dict[str, Any] = {"documents": len(rows), "undated": int(np.count_nonzero(days == 0))}
        write_dates(writer, days, minutes)
        _write_documents(writer, pending, rows)
        meta["facets"] = pending.facet_names()
        for name in meta["facets"]:
            values, docs, codes = number(pending.values_of(name, rows))
            write_facet(writer, f"facet/{name}", values, docs, codes, len(rows))
        meta["fields"] = _write_fields(writer, pending, rows)
        writer.close(meta)
    except BaseException:
        writer.abort()
        raise
    pending.clear()
    return len(rows)


def _write_documents(writer: ArrayWriter, pending: Pending, rows: NDArray[np.intp]) -> None:
    ids = [pending.ids[row] for row in rows.tolist()]
    write_ids(writer, ids, np.fromiter(map(hashed, ids), np.uint64, len(ids)))
    stored = StoredWriter(writer, len(rows))
    for doc, row in enumerate(rows.tolist()):
        stored.add(doc, pending.stored[row])
    stored.close()
    pending.stored.clear()


def _write_fields(writer: ArrayWriter, pending: Pending, rows: NDArray[np.intp]) -> dict[str, Any]:
    numbers = np.full(len(pending.ids), -1, np.int32)
    numbers[rows] = np.arange(len(rows), dtype=np.int32)
    meta = {}
    for name in pending.field_names():
        words, ranks, docs, positions = pending.tokens_of(name, numbers)
        if words:
            postings = invert(ranks, docs, positions, [strings.encode(word) for word in words], len(rows))
            meta[name] = write_field(writer, f"field/{name}", postings)
    return meta
