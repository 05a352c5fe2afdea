"""Web archives: WARC and ARC, gzipped or not, and WACZ; read by warcio, streaming.

Only pages that were answered with status 200 are read, and plain text of `conversion` records (WET). The capture time
is kept as a note and for relative dates; it is never the date of publication.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.article import Article, Rejection
from corpus.encodings import decode
from corpus.readers.base import Budget, Source, too_large
from corpus.readers.container import FREE_BYTES, MAX_RATIO, BombError, copy
from corpus.readers.html import declared_encoding, read_page
from corpus.readers.textdump import read_text
from corpus.readers.warcrecords import CUT, FAULTS, numbered, payload

_STARTS = (b"WARC/", b"filedesc://")
_DEEPEST = 4
_PAGES = ("text/html", "application/xhtml+xml")
_IS_PAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)[\s>]", re.I | re.S)


class WebArchive:
    """Reads the pages of a WARC, ARC or WACZ file; `member` is the record's id or address."""

    name = "webarchive"

    def sniff(self, head: bytes, name: str) -> float:
        if head.startswith(_STARTS):
            return 0.98
        if head.startswith(b"\x1f\x8b"):
            return 0.98 if _unzipped(head).startswith(_STARTS) else 0.0
        return (
            0.97 if head.startswith(b"PK") and (name.lower().endswith(".wacz") or b"datapackage.json" in head) else 0.0
        )

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        if source.head().startswith(b"PK"):
            yield from _wacz(source)
        else:
            yield from _records(source)


def _unzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""


def _wacz(source: Source) -> Iterator[Article | Rejection]:
    """The archives inside a WACZ file (https://specs.webrecorder.net/wacz/1.1.1/)."""
    size = source.path.stat().st_size
    source = replace(source, budget=source.budget or Budget(2 * FREE_BYTES + MAX_RATIO * size))
    try:
        with zipfile.ZipFile(source.path) as package:
            inner = [
                info
                for info in package.infolist()
                if info.filename.lower().endswith((".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz"))
            ]
            if not inner:
                yield source.reject("no-text", "a WACZ file without web archives")
            for info in sorted(inner, key=lambda one: one.filename):
                with tempfile.TemporaryDirectory(prefix="newsdex-") as folder, package.open(info) as packed:
                    path = Path(folder) / "archive"
                    copy(packed, path, min(info.compress_size, size), source.budget)
                    inside = source.inside(info.filename, path)
                    deep = (inside.member or "").count("!/")
                    if not info.filename.lower().endswith(".wacz"):
                        yield from _records(inside)
                    elif deep < _DEEPEST:
                        yield from _wacz(inside)
                    else:
                        yield inside.reject("too-large", f"archives nested more than {_DEEPEST} deep are not unpacked")
    except BombError as error:
        yield source.reject("too-large", str(error))
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, ValueError, NotImplementedError, RuntimeError) as error:
        yield source.reject("damaged", f"cannot be unpacked: {error}")


def _records(source: Source) -> Iterator[Article | Rejection]:
    passed: Counter[str] = Counter()
    read = 0
    for number, record in numbered(source.path):
        if isinstance(record, FAULTS):
            read += 1
            what = "is cut" if str(record) == CUT else "cannot be read"
            yield source.reject("damaged", f"record {number} {what}: {record}", line=number)
            continue
        why = _why_not(record)
        if why:
            passed[why] += 1
            continue
        for item in _page(record, number, source):
            if item is None:
                passed["other media"] += 1
            else:
                read += 1
                yield item
    if not read:
        told = ", ".join(f"{count} {why}" for why, count in passed.most_common(5)) or "no records"
        yield source.reject("no-text", f"no page answered with status 200 ({told})")


def _why_not(record: Any) -> str:
    """Why a record holds no page that was fetched well, or nothing when it does."""
    kind = str(record.rec_type)
    if kind == "conversion":
        return "" if "text/plain" in str(record.rec_headers.get_header("Content-Type")) else "conversion"
    if kind == "resource":
        return "" if str(record.rec_headers.get_header("Content-Type")).startswith(_PAGES) else "resource"
    if kind != "response" or record.http_headers is None:
        return kind
    status = str(record.http_headers.get_statuscode())
    if status != "200":
        return f"status {status}"
    media = _content_type(record).strip()
    return "" if not media or media.startswith(_PAGES) else "other media"


def _content_type(record: Any) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return str(headers.get_header("Content-Type") or "").lower()


def _page(record: Any, number: int, source: Source) -> Iterator[Article | Rejection | None]:
    """The articles of a record; None for one that names no media type and is no page."""
    headers = record.rec_headers
    address = (headers.get_header("WARC-Target-URI") or "").strip("<>")
    record_id = (headers.get_header("WARC-Record-ID") or address or str(number)).strip("<>")
    inside = source.inside(record_id, source.path, captured=headers.get_header("WARC-Date"), url=address or None)
    limit = source.options.max_bytes
    try:
        data, fault = payload(record, limit)
    except FAULTS as error:
        yield inside.reject("damaged", f"record {number}: the page cannot be unpacked: {error}", line=number)
        return
    if fault and data.strip():
        reason = f"record {number}: the page is damaged ({fault}); what comes before that is read"
        yield inside.reject("damaged", reason, line=number)
    if record.rec_type == "response" and not _content_type(record).strip() and not _IS_PAGE.match(data[:4096]):
        yield None
    elif len(data) > limit:
        yield inside.reject("too-large", f"record {number} is {too_large(limit)}", line=number)
    elif not data.strip():
        yield inside.reject("no-text", f"record {number} is empty", line=number)
    elif record.rec_type == "conversion":
        yield from read_text(decode(data, languages=source.options.languages), inside, reader=WebArchive.name)
    else:
        _, _, label = _content_type(record).partition("charset=")
        decoded = decode(
            data, declared=label.strip(" ;\"'") or declared_encoding(data), languages=source.options.languages
        )
        yield read_page(decoded, inside, WebArchive.name)
