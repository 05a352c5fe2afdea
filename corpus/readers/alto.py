"""Digitised newspapers in ALTO (https://www.loc.gov/standards/alto/): one page a file, or the issue by its METS file.

A METS file beside its pages says which blocks make up which article. Without one, a page is one article. Words that
were parted at the end of a line are joined, and a note counts them.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.article import Article, Rejection
from corpus.markup import local_name
from corpus.readers import mets, xmlfile
from corpus.readers.altopage import blocks_of, fill, language_of
from corpus.readers.base import Source
from corpus.readers.draft import Draft


class Alto:
    """Reads an ALTO page, or a METS file with the pages beside it."""

    name = "alto"

    def sniff(self, head: bytes, name: str) -> float:
        root = xmlfile.root_name(head).lower()
        return 0.95 if root in ("alto", "mets") else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        notes = [note] if note else []
        if local_name(root) == "mets":
            yield from mets.issue(root, source, self.name, notes)
            return
        blocks = list(blocks_of(root).values())
        if not blocks:
            yield source.reject("no-text", "an ALTO page without text")
            return
        draft = Draft(source, self.name, notes=notes)
        fill(draft, blocks, None)
        draft.set("language", language_of(root), "alto", path="TextBlock@LANG")
        yield draft.finish()
