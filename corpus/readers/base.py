"""The one interface of every reader, and the input it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Protocol

from corpus.article import Article, Rejection, RejectionCode

HEAD_BYTES = 8192
"""How much of an input a reader may look at to say whether it is its own."""

DEFAULT_MAX_BYTES = 64 * 1024 * 1024
"""The largest input, or record of a streamed input, that is taken into memory whole."""


class TooLargeError(Exception):
    """An input is larger than may be taken into memory; becomes a rejection."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller of `read` may set.

    Attributes:
        languages: codes that the text may be in; None for every language with a pack.
        max_bytes: the largest input or record to take into memory.
    """

    languages: tuple[str, ...] | None = None
    max_bytes: int = DEFAULT_MAX_BYTES


@dataclass(slots=True)
class Budget:
    """How many bytes an archive and the archives inside it may still unpack to, and how many bombs may be in it."""

    left: int
    bombs: int = 16


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file on disk, or a member of a container already unpacked into memory or a temporary file.

    Attributes:
        file: the path as given, for provenance and messages.
        path: where the bytes are.
        member: way inside the container, or None.
        pile: the directory among whose files lines that repeat may be learned, or None.
        options: what the caller set.
        captured: when the input was fetched (ISO 8601), where a container says so; never a date of publication.
        url: the address it was fetched from, where a container says so.
        budget: what the outermost archive around it may still unpack to, or None outside archives.
    """

    file: str
    path: Path
    member: str | None = None
    pile: Path | None = None
    options: Options = Options()
    captured: str | None = None
    url: str | None = None
    budget: Budget | None = None

    @property
    def name(self) -> str:
        """The name whose suffix hints at the format: the member's when there is one."""
        return self.member or self.path.name

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    def head(self) -> bytes:
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def data(self) -> bytes:
        """All bytes. Raises `TooLargeError` beyond `options.max_bytes`, having read no more than that."""
        limit = self.options.max_bytes
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise TooLargeError(too_large(limit))
        return data

    def inside(self, member: str, path: Path, *, captured: str | None = None, url: str | None = None) -> Source:
        """The source of a member of this container, whose bytes lie at `path`."""
        way = f"{self.member}!/{member}" if self.member else member
        return replace(self, path=path, member=way, pile=None, captured=captured, url=url)

    def reject(
        self, code: RejectionCode, reason: str, *, member: str | None = None, line: int | None = None,
        until: str | None = None, awaits: str | None = None, remedy: str | None = None,
    ) -> Rejection:  # fmt: skip
        why = " ".join(reason.split())[:400]
        return Rejection(self.file, code, why, member or self.member, line, until, awaits, remedy)


class Reader(Protocol):
    """Reads one format."""

    name: str

    def sniff(self, head: bytes, name: str) -> float:
        """How sure the reader is, from 0 (not mine) to 1, that an input with this beginning and name is its own."""
        ...

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        """The articles of the input in its own order, and a rejection for each part that gave none; streams."""
        ...


def too_large(limit: int) -> str:
    return f"larger than {limit:,} bytes, the most that is read at once; raise max_bytes or split it"
