"""Mail: newsletters as `.eml`, mailboxes as `.mbox`, and pages saved as MHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from corpus.article import Article, Rejection
from corpus.encodings import decode
from corpus.readers.base import Source, too_large
from corpus.readers.html import declared_encoding, read_page
from corpus.readers.letter import header, letter

_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|reply-to|x-[\w-]+|"
    rb"list-[\w-]+|content-type|content-location|snapshot-content-location|dkim-signature):",
    re.IGNORECASE,
)
_PAGES = ("text/html", "application/xhtml+xml")
_MOST_PARTS = 10_000
_FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError)


class Mail:
    """Reads one message, a mailbox of many, or an MHTML page; one article a message, or a story of a newsletter."""

    name = "mail"

    def sniff(self, head: bytes, name: str) -> float:
        lines = head.lstrip(b"\xef\xbb\xbf").splitlines()[:60]
        if lines and lines[0].startswith(b"From ") and any(map(_HEADER.match, lines[1:6])):
            return 0.92
        top = []
        for line in lines:
            if not line.strip():
                break
            top.append(line)
        found = {line.partition(b":")[0].lower() for line in top if _HEADER.match(line)}
        clean = all(_HEADER.match(line) or line[:1] in b" \t" or re.match(rb"[\w-]+:", line) for line in top)
        sure = {b"mime-version", b"message-id", b"received", b"content-type", b"return-path"} & found
        known = found | {b"to"} if name.lower().endswith(".eml") else found
        whole = {b"from", b"to", b"subject", b"date"} <= known
        return 0.92 if clean and len(found) >= 3 and (sure or whole) else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        if not source.head().lstrip(b"\xef\xbb\xbf").startswith(b"From "):
            yield from _message(source.data(), None, source)
            return
        with source.open() as stream:
            for number, data in enumerate(_messages(stream, source.options.max_bytes), 1):
                if data is None:
                    yield source.reject(
                        "too-large", f"message {number} is {too_large(source.options.max_bytes)}", line=number
                    )
                else:
                    yield from _message(data, number, source)


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The messages of a mailbox one by one; None for one beyond the limit.

    Programs forget to escape `From ` in texts: it parts messages only where an empty line is before and a header after.
    """
    block: list[bytes] = []
    size, blank, held = 0, True, b""
    while line := stream.readline(limit):
        if held and re.match(rb"[\w-]{2,60}:", line) and (block or size):
            yield b"".join(block) if size <= limit else None
            block, size = [], 0
        elif held and (block or size):
            size += len(held)
            block.append(held)
        held = line if blank and line.startswith(b"From ") else b""
        if not held:
            size += len(line)
            if size <= limit:
                block.append(line[1:] if re.match(rb">+From ", line) else line)
        blank = not line.strip()
    block += [held] if held and block else []
    if block:
        yield b"".join(block) if size <= limit else None


def _message(data: bytes, number: int | None, source: Source) -> Iterator[Article | Rejection]:
    if data.count(b"\n--") > _MOST_PARTS:
        yield source.reject("damaged", f"a message of more than {_MOST_PARTS:,} parts", line=number)
        return
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        address = _address(message)
        if address:
            yield _saved_page(message, address, source)
        else:
            yield from letter(message, number, source)
    except _FAULTS as error:
        yield source.reject("damaged", f"not a message that can be read: {error}", line=number)


def _page_of(message: EmailMessage) -> Message | None:
    return next((part for part in message.walk() if part.get_content_type() in _PAGES), None)


def _address(message: EmailMessage) -> str:
    """Where the page of an MHTML file was, or nothing: programs write it on the file or on its part."""
    told = header(message, "Snapshot-Content-Location", "Content-Location")
    if told and message.get_content_type() == "multipart/related":
        return told
    page = _page_of(message)
    sent = any(name in message for name in ("To", "Message-ID", "Received"))
    place = str(page["Content-Location"] or "") if page is not None and not sent else ""
    return place if place.startswith(("http://", "https://")) else ""


def _saved_page(message: EmailMessage, address: str, source: Source) -> Article | Rejection:
    """The page of an MHTML file (RFC 2557); the date of the message is when the page was saved."""
    page = _page_of(message)
    if page is None:
        return source.reject("no-text", "MHTML without a page")
    data = page.get_payload(decode=True)
    if not isinstance(data, bytes):
        return source.reject("damaged", "the page of the MHTML file cannot be unpacked")
    try:
        captured = parsedate_to_datetime(header(message, "Date")).isoformat(timespec="seconds")
    except (ValueError, TypeError):
        captured = None
    label = page.get_content_charset() or declared_encoding(data)
    member = source.member or "page"
    inside = Source(source.file, source.path, member, options=source.options, captured=captured, url=address)
    return read_page(decode(data, declared=label, languages=source.options.languages), inside, "mhtml")
