"""Writing: each article goes into Whoosh's writer as one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from whoosh import index

from indexer.engines.base import Batch
from indexer.engines.stock import fields, files


class StockBuilder:
    """See `indexer.engines.base.Builder`. Whoosh spills postings to disk above 128 MB."""

    def __init__(self, directory: Path, *, base: Path | None = None) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._old: dict[str, int] = {}  # id → document number in the segments of the base
        if base is None:
            read = index.create_in(str(directory), fields.schema())
        else:
            files.require_whole(base)
            files.share(base, directory)
            plain = index.open_dir(str(directory))
            read = index.FileIndex(plain.storage, schema=fields.own(plain.schema))
            with read.reader() as reader:
                self._old = {stored[fields.ID]: doc for doc, stored in reader.iter_docs()}
        self._writer = read.writer()
        self._new: dict[str, int] = {}  # id → document number in the segment that is being written

    def add(self, batch: Batch) -> None:
        schema = self._writer.schema
        for name in batch.fields:
            if name not in schema:
                schema.add(name, fields.Words())
        for name in batch.facets:
            if name not in schema:
                schema.add(name, fields.Values())
        for i, article in enumerate(batch.ids):
            self.delete([article])
            self._new[article] = self._writer.docnum
            self._writer.add_document(**_document(batch, i))

    def delete(self, ids: Iterable[str]) -> None:
        for article in ids:
            if article in self._old:
                self._writer.delete_document(self._old.pop(article))
            if article in self._new:  # Whoosh itself can only delete what has been committed
                self._writer.newsegment.delete_document(self._new.pop(article))

    def commit(self) -> Mapping[str, Any]:
        self._writer.commit(merge=False)
        files.seal(self._directory)
        with index.open_dir(str(self._directory)).reader() as reader:
            return {"articles": reader.doc_count(), "segments": len(reader.leaf_readers())}

    def abort(self) -> None:
        self._writer.cancel()


def _document(batch: Batch, i: int) -> dict[str, Any]:
    """Article i as the keyword arguments of `add_document`."""
    texts = {name: list(column.text(i)) for name, column in batch.fields.items()}
    return {
        **texts,
        **{name: list(values[i]) for name, values in batch.facets.items()},
        fields.ID: batch.ids[i],
        fields.ARTICLE: bytes(batch.stored[i]),
        fields.DAY: int(batch.days[i]),
        fields.MINUTE: int(batch.minutes[i]),
        fields.LENGTHS: {name: len(terms) for name, terms in texts.items() if terms},
    }
