"""JSON Lines: one article a line, under the keys of an article or the usual other names. Streams."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from corpus.article import Article, Rejection
from corpus.encodings import decode
from corpus.readers.base import Source, too_large
from corpus.readers.record import article_from

_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines", ".ldjson")
_CHUNK = 1 << 20
_PATIENCE = 1 << 28
"""How many bytes of an overlong line are passed over in the hope that it ends."""


class JsonLines:
    """Reads `.jsonl`; a bad line is a rejection with its number, and the rest is read."""

    name = "jsonlines"

    def sniff(self, head: bytes, name: str) -> float:
        if name.lower().endswith(_SUFFIXES):
            return 0.95
        first, _, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
        if not first.startswith(b"{") or not rest.lstrip().startswith(b"{"):
            return 0.0
        try:
            return 0.9 if isinstance(json.loads(first), dict) else 0.0
        except (ValueError, RecursionError):
            return 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        empty = True
        with source.open() as stream:
            for number, line in _lines(stream, source.options.max_bytes):
                empty = False
                if line is None:
                    yield source.reject("too-large", f"this line is {too_large(source.options.max_bytes)}", line=number)
                else:
                    yield _article(line, number, source)
        if empty:
            yield source.reject("no-text", "the file has no records")


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line that is not blank; None for one longer than the limit."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            yield number, None
            if not _skip(stream):
                return
        elif line.strip(b" \t\r\n\x00\xef\xbb\xbf"):
            yield number, line


def _skip(stream: BinaryIO) -> bool:
    """Pass over the rest of a line; False when its end is too far off."""
    passed = 0
    while passed < _PATIENCE and (part := stream.readline(_CHUNK)):
        if part.endswith(b"\n"):
            return True
        passed += len(part)
    return False


def _article(line: bytes, number: int, source: Source) -> Article | Rejection:
    notes: tuple[str, ...] = ()
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = decode(line, languages=source.options.languages)
        text, notes = decoded.text, decoded.notes
    try:
        record = json.loads(text)
    except RecursionError:
        return source.reject("damaged", "not JSON that can be read: nested too deeply", line=number)
    except ValueError as error:
        return source.reject("damaged", f"not JSON: {error}", line=number)
    if not isinstance(record, dict):
        return source.reject("damaged", f"a JSON {type(record).__name__}, where an object was expected", line=number)
    return article_from(record, source, JsonLines.name, line=number, notes=notes)
