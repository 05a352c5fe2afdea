"""The records of a WARC or ARC file one after the other, also behind a damaged one, and their unpacked payloads.

warcio does the parsing. It stops at the first record whose length is wrong; here reading goes on at the next place in
the file where a record begins.
"""

from __future__ import annotations

import gzip
import io
import re
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
_PACKED_AT_ONCE = _LONGEST_HEADER = 64 * 1024
CUT = "the file ends within it; what there is of it is read"


def numbered(path: Path) -> Iterator[tuple[int, Any]]:
    """Number and record of each; for a fault the number that the record would have had, and the error."""
    number = start = resumed = told = 0
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
                    beyond = _reaches_beyond(stream, here, record.length, size)
                    yield number, record
            except FAULTS as error:
                fault = error
            if isinstance(fault, ArchiveLoadFailed) and "non-chunked" in str(fault):
                yield from _gzipped_whole(path, number)
                return
            if isinstance(fault, AttributeError | TypeError):
                fault = ValueError("its header is cut or malformed")
            if fault is not None and told != number + 1:
                told = number + 1
                yield told, fault
            lied = bool(records.err_count)  # the last record did not end where it said
            if fault is None and not beyond and not lied:
                if begun := _begun(stream, here):
                    yield number + begun - 1, EOFError(CUT)
                return
            resumed += 1
            next_start = _next_start(stream, here + 1) if resumed <= _MOST_RESUMPTIONS else None
            if next_start is None:
                if beyond and fault is None:
                    yield number, EOFError(CUT)
                return
            start = next_start


def _next(records: Any) -> Any:
    with redirect_stderr(io.StringIO()):  # warcio writes its warnings there
        return next(records, None)


def _begun(stream: BinaryIO, offset: int) -> int:
    """How many gzipped records begin at or after an offset when the last of them is cut, else 0."""
    stream.seek(offset)
    count, unpacker, data = 0, None, b""
    while data := data or stream.read(_PACKED_AT_ONCE):
        if unpacker is None:
            if not data.startswith(b"\x1f"):
                return 0
            count, unpacker = count + 1, zlib.decompressobj(31)
        try:
            unpacker.decompress(data, _BLOCK)
            data = unpacker.unconsumed_tail
        except zlib.error:
            return 0
        if unpacker.eof:
            data, unpacker = unpacker.unused_data, None
    return count if unpacker is not None else 0


def _reaches_beyond(stream: BinaryIO, offset: int, length: int | None, size: int) -> bool:
    """Whether the record there is not gzipped and says that it goes on behind the file's end; keeps the place."""
    place = stream.tell()
    stream.seek(offset)
    head = stream.read(_LONGEST_HEADER)
    stream.seek(place)
    if not head.startswith(_PLAIN):
        return False
    header = next((at + len(end) for end in (b"\r\n\r\n", b"\n\n") if (at := head.find(end)) >= 0), 0)
    return length is None or offset + header + length > size


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


def payload(record: Any, limit: int) -> tuple[bytes, str]:
    """The record's payload without transfer and content encoding, at most `limit` + 1 bytes, and where it is damaged
    the fault behind what could be read of it. Raises one of `FAULTS`.

    Servers lie: a payload that is not packed as its header says is given as it is.
    """
    headers = record.http_headers
    coding = (headers.get_header("Content-Encoding") or "").strip().lower() if headers is not None else ""
    if coding == "x-gzip":
        headers.replace_header("Content-Encoding", "gzip")
    unpack = _UNPACKERS.get(coding)
    if unpack is not None:
        headers.remove_header("Content-Encoding")
    with redirect_stderr(io.StringIO()) as told:  # warcio writes there why it stopped unpacking
        packed = bytes(record.content_stream().read(limit + 1))
    if unpack is None:
        return packed, told.getvalue().strip()
    try:
        return unpack(packed, limit), ""
    except ValueError:
        if _LOOKS_UNPACKED.match(packed):
            return packed, ""
        raise


def _unbrotli(packed: bytes, limit: int) -> bytes:
    unpacker, pieces, total = brotli.Decompressor(), [], 0
    try:
        for at in range(0, len(packed), _PACKED_AT_ONCE):
            block = packed[at : at + _PACKED_AT_ONCE]
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


def _unzstandard(packed: bytes, limit: int) -> bytes:
    try:
        import zstandard
    except ImportError as error:
        raise ValueError("Zstandard needs the package zstandard: pip install 'newsdex[formats]'") from error
    try:
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)) as stream:
            return bytes(stream.read(limit + 1))
    except zstandard.ZstdError as error:
        raise ValueError(f"Zstandard: {error}") from error


_UNPACKERS = {"br": _unbrotli, "zstd": _unzstandard}
_LOOKS_UNPACKED = re.compile(rb"\s*<[!?a-zA-Z]")
