"""From pending articles to a segment's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.whoosh import strings
from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.docfile import StoredWriter, hashed, write_dates, write_ids
from indexer.engines.whoosh.facetfile import write_facet
from indexer.engines.whoosh.fieldfile import FieldWriter
from indexer.engines.whoosh.format import ArrayWriter
from indexer.engines.whoosh.invert import Inverter
from indexer.engines.whoosh.pending import Pending, PendingField


def build_segment(path: Path, pending: Pending) -> int:
    """Write the pending articles, sorted by date, and forget them; returns their number."""
    rows, days, minutes = pending.order()
    numbers = np.full(len(pending.ids), -1, np.int32)
    numbers[rows] = np.arange(len(rows), dtype=np.int32)
    with ArrayWriter(path) as writer:
        meta: dict[str, Any] = {"documents": len(rows), "undated": int(np.count_nonzero(days == 0))}
        write_dates(writer, days, minutes)
        ids = [pending.ids[row] for row in rows.tolist()]
        write_ids(writer, ids, np.fromiter(map(hashed, ids), np.uint64, len(ids)))
        stored = StoredWriter(writer, len(rows))
        pending.stored().share(stored, numbers)
        stored.close()
        meta["facets"] = sorted(pending.facets)
        for name in meta["facets"]:
            write_facet(writer, f"facet/{name}", *pending.facets.pop(name).pairs(numbers), len(rows))
        meta["fields"] = {}
        for name in sorted(pending.fields):
            found = _write_field(writer, name, pending.fields.pop(name), len(pending.ids), rows)
            if found is not None:
                meta["fields"][name] = found
        writer.close(meta)
    pending.clear()
    return len(rows)


def _write_field(
    writer: ArrayWriter, name: str, pending: PendingField, count: int, rows: Array
) -> dict[str, Any] | None:
    """Write one field; returns what the segment must remember of it, None when no document has terms."""
    words = list(pending.vocabulary.numbers)
    order = sorted(range(len(words)), key=words.__getitem__)
    ranks = np.empty(len(words), np.uint32)
    ranks[order] = np.arange(len(order), dtype=np.uint32)
    inverter = Inverter(writer.path.parent, pending, count, rows, ranks)
    if not inverter.sizes.any():
        return None
    field = FieldWriter(writer, f"field/{name}", inverter.sizes.astype(np.uint32))
    held = inverter.run(field)
    meta = field.close([strings.encode(words[order[rank]]) for rank in held.tolist()])
    pending.close()
    return meta
