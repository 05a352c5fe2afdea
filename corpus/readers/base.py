"""The one interface of every reader, and the input it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from corpus.article import Article, Rejection

HEAD_BYTES = 8192
"""How much of an input a reader may look at to say whether it is its own."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file on disk, or a member of a container already unpacked into memory or a temporary file.

    Attributes:
        file: the path as given, for provenance and messages.
        path: where the bytes are.
        member: way inside the container, or None.
    """

    file: str
    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """The name whose suffix hints at the format: the member's when there is one."""
        return self.member or self.path.name

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    def head(self) -> bytes:
        with self.open() as stream:
            return stream.read(HEAD_BYTES)


class Reader(Protocol):
    """Reads one format."""

    name: str

    def sniff(self, head: bytes, name: str) -> float:
        """How sure the reader is, from 0 (not mine) to 1, that an input with this beginning and name is its own."""
        ...

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        """The articles of the input in its own order, and a rejection for each part that gave none; streams."""
        ...
