"""The records of a WARC or ARC file one after the other, also behind a damaged one, and their unpacked payloads.

warcio does the parsing. It stops at the first record whose length is wrong; here reading goes on at the next place in
the file where a record begins.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any, BinaryIO

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

FAULTS = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    OSError,
    EOFError,
    zlib.error,
    ValueError,
    KeyError,
    AttributeError,
    TypeError,
)
_PLAIN, _GZIP = b"WARC/1.", b"\x1f\x8b\x08"
_BLOCK = 1 << 20
_MOST_RESUMPTIONS = 1000
_PACKED_AT_ONCE = 64 * 1024


def numbered(path: Path) -> Iterator[tuple[int, Any]]:
    """Number and record of each; for a fault the number that the record would have had, and the error."""
    number = start = resumed = 0
    size = path.stat().st_size
    with path.open("rb") as stream:
        while True:
            stream.seek(start)
            records = ArchiveIterator(stream, arc2warc=True)
            here, fault, beyond = start, None, False
            try:
                while (record := _next(records)) is not None:
                    if records.err_count:
                        break
                    number, here = number + 1, records.offset
                    beyond = _is_plain(stream, here) and (record.length is None or here + record.length > size)
                    yield number, record
            except FAULTS as error:
                fault = error
            if isinstance(fault, ArchiveLoadFailed) and "non-chunked" in str(fault):
                yield from _gzipped_whole(path, number)
                return
            if fault is not None:
                yield number + 1, fault
            lied = bool(records.err_count)  # the last record did not end where it said
            if fault is None and not beyond and not lied:
                return
            resumed += 1
            next_start = _next_start(stream, here + 1) if resumed <= _MOST_RESUMPTIONS else None
            if next_start is None:
                return
            start = next_start


def _next(records: Any) -> Any:
    with redirect_stderr(io.StringIO()):  # warcio writes its warnings there
        return next(records, None)


def _is_plain(stream: BinaryIO, offset: int) -> bool:
    """Whether the record there is not gzipped; the stream stays where it is."""
    place = stream.tell()
    stream.seek(offset)
    begins = stream.read(len(_PLAIN)) == _PLAIN
    stream.seek(place)
    return begins


def _gzipped_whole(path: Path, number: int) -> Iterator[tuple[int, Any]]:
    """The records of a file that was gzipped as one, from a number on."""
    with gzip.open(path) as whole:
        records = ArchiveIterator(whole, arc2warc=True)
        count = 0
        try:
            while (record := _next(records)) is not None:
                count += 1
                if count > number:
                    yield count, record
        except FAULTS as error:
            yield count + 1, error


def _next_start(stream: BinaryIO, offset: int) -> int | None:
    """Where the next record begins at or after an offset, or None when none does."""
    stream.seek(offset)
    place, kept = offset, b""
    while block := stream.read(_BLOCK):
        text = kept + block
        base = place - len(kept)
        for at in _marks(text):
            if text.startswith(_PLAIN, at) and (not at or text[at - 1 : at] == b"\n"):
                return base + at
            if text.startswith(_GZIP, at) and _holds_record(text[at : at + 4096]):
                return base + at
        place, kept = place + len(block), text[-16:]
    return None


def _marks(text: bytes) -> list[int]:
    """Places of the beginnings of records, plain or gzipped, in order."""
    found = []
    for mark in (_PLAIN, _GZIP):
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    return sorted(found)


def _holds_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def payload(record: Any, limit: int) -> bytes:
    """The record's payload without transfer and content encoding, at most `limit` + 1 bytes. Raises one of `FAULTS`."""
    headers = record.http_headers
    if headers is None or (headers.get_header("Content-Encoding") or "").strip().lower() != "br":
        return bytes(record.content_stream().read(limit + 1))
    headers.remove_header("Content-Encoding")
    packed = record.content_stream()
    unpacker, pieces, total = brotli.Decompressor(), [], 0
    try:
        while total <= limit and (block := packed.read(_PACKED_AT_ONCE)):
            while total <= limit:
                piece = unpacker.process(block, output_buffer_limit=limit + 1 - total)
                pieces.append(piece)
                total += len(piece)
                if unpacker.can_accept_more_data():
                    break
                block = b""
    except brotli.error as error:
        raise ValueError(f"Brotli: {error}") from error
    return b"".join(pieces)
