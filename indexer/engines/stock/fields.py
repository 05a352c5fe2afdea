"""Whoosh field types that take analysed terms as they are, and are pickled as Whoosh's own.

An index that is opened by `whoosh.index.open_dir` alone thus needs no class of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from whoosh import fields
from whoosh.analysis import IDAnalyzer, SpaceSeparatedTokenizer
from whoosh.system import pack_uint

from indexer.engines.base import FACETS

ID, ARTICLE, DAY, MINUTE, LENGTHS = "id", "article", "day", "minute", "lengths"
"""Stored fields: the id, the article's JSON bytes, day and minute, and field name → exact length."""

Posting = tuple[bytes, int, float, bytes]
"""Term, how often, weight, encoded positions: what `add_document` asks of a field."""


def encode(text: str) -> bytes:
    """UTF-8 that also takes unpaired surrogates; its order is that of the code points."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    return bytes(data).decode("utf-8", "surrogatepass")


class _Plain:
    """Terms as bytes, both ways."""

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else encode(value)

    def from_bytes(self, data: bytes) -> str:
        return decode(data)


class Words(_Plain, fields.TEXT):  # type: ignore[misc]
    """Text: a document's value is a list of (term, position)."""

    def __init__(self) -> None:
        super().__init__(analyzer=SpaceSeparatedTokenizer(), phrase=True)

    def __reduce__(self) -> tuple[Any, ...]:
        return fields.TEXT, (), self.__dict__

    def index(self, value: Sequence[tuple[str, int]], **_: Any) -> Iterator[Posting]:
        places: dict[str, list[int]] = {}
        for text, position in value:
            places.setdefault(text, []).append(position)
        for text, positions in places.items():
            yield encode(text), len(positions), float(len(positions)), self.format.encode(positions)


class Values(_Plain, fields.KEYWORD):  # type: ignore[misc]
    """A facet: a document's value is a list of values, which may hold blanks and commas."""

    def __init__(self) -> None:
        super().__init__(stored=True, analyzer=IDAnalyzer())

    def __reduce__(self) -> tuple[Any, ...]:
        return fields.KEYWORD, (), self.__dict__

    def index(self, value: Sequence[str], **_: Any) -> Iterator[Posting]:
        for text in value:
            yield encode(text), 1, 1.0, pack_uint(1)


class Name(_Plain, fields.ID):  # type: ignore[misc]
    """The article's id."""

    def __init__(self) -> None:
        super().__init__(stored=True, unique=True)

    def __reduce__(self) -> tuple[Any, ...]:
        return fields.ID, (), self.__dict__

    def index(self, value: str, **_: Any) -> Iterator[Posting]:
        yield encode(value), 1, 1.0, b""


def schema(texts: Iterable[str] = (), facets: Iterable[str] = FACETS) -> Any:
    """The schema of an index with these text fields."""
    made = fields.Schema(
        **{
            ID: Name(),
            ARTICLE: fields.STORED(),
            LENGTHS: fields.STORED(),
            DAY: fields.NUMERIC(int, stored=True, sortable=True),
            MINUTE: fields.NUMERIC(int, stored=True, sortable=True),
        }
    )
    for name in facets:
        made.add(name, Values())
    for name in texts:
        made.add(name, Words())
    return made


def own(read: Any) -> Any:
    """Our schema in place of the plain one that Whoosh read."""
    names = {name: type(kind) for name, kind in read.items()}
    return schema(
        [name for name, kind in names.items() if kind is fields.TEXT],
        [name for name, kind in names.items() if kind is fields.KEYWORD],
    )
