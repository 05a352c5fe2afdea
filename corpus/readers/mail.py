"""Mail: newsletters as `.eml`, mailboxes as `.mbox`, and pages saved as MHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from corpus.article import Article, Rejection
from corpus.encodings import decode
from corpus.markup import text_of_markup
from corpus.readers.base import Source, too_large
from corpus.readers.draft import Draft
from corpus.readers.html import declared_encoding, read_page

_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|reply-to|x-[\w-]+|"
    rb"list-[\w-]+|content-type|content-location|snapshot-content-location|dkim-signature):",
    re.IGNORECASE,
)
_MOST_PARTS = 10_000
_FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError)


class Mail:
    """Reads one message, a mailbox of many, or an MHTML page; one article a message."""

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
        mime = {b"mime-version", b"message-id", b"received", b"content-type", b"return-path"} & found
        return 0.92 if clean and len(found) >= 3 and mime else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        if not source.head().lstrip(b"\xef\xbb\xbf").startswith(b"From "):
            yield _message(source.data(), None, source)
            return
        with source.open() as stream:
            for number, data in enumerate(_messages(stream, source.options.max_bytes), 1):
                if data is None:
                    yield source.reject(
                        "too-large", f"message {number} is {too_large(source.options.max_bytes)}", line=number
                    )
                else:
                    yield _message(data, number, source)


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The messages of a mailbox one by one; None for one beyond the limit."""
    block: list[bytes] = []
    size, blank = 0, True
    while line := stream.readline(limit):
        if blank and line.startswith(b"From ") and (block or size):
            yield b"".join(block) if size <= limit else None
            block, size = [], 0
        elif block or size or not line.startswith(b"From "):
            size += len(line)
            if size <= limit:
                block.append(line[1:] if re.match(rb">+From ", line) else line)
        blank = not line.strip()
    if block:
        yield b"".join(block) if size <= limit else None


def _message(data: bytes, number: int | None, source: Source) -> Article | Rejection:
    if data.count(b"\n--") > _MOST_PARTS:
        return source.reject("damaged", f"a message of more than {_MOST_PARTS:,} parts", line=number)
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        if message.get_content_type() == "multipart/related" and _header(
            message, "Snapshot-Content-Location", "Content-Location"
        ):
            return _saved_page(message, source)
        return _letter(message, number, source)
    except _FAULTS as error:
        return source.reject("damaged", f"not a message that can be read: {error}", line=number)


def _letter(message: EmailMessage, number: int | None, source: Source) -> Article | Rejection:
    draft = Draft(source, Mail.name, line=number)
    draft.set(
        "title",
        re.sub(r"^\s*(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", _header(message, "Subject"), flags=re.I),
        "mail",
        path="Subject",
    )
    date = _header(message, "Date")
    try:
        draft.set_date(parsedate_to_datetime(date).isoformat(timespec="minutes") if date else "", "mail", path="Date")
    except (ValueError, TypeError):
        draft.set_date(date, "mail", path="Date")
    name, address = parseaddr(_header(message, "From"))
    listed = re.sub(r"<[^>]*>|[\"']", "", _header(message, "List-Id")).strip()
    draft.set("source", name or listed or address.rpartition("@")[2], "mail", path="From" if name else "List-Id")
    draft.set("language", _header(message, "Content-Language")[:2].lower(), "mail", path="Content-Language")
    link = re.search(r"https?://[^\s<>]+", _header(message, "Archived-At"))
    draft.set("url", link.group(0) if link else "", "mail", path="Archived-At")
    plain = _text(message, "plain")
    marked = _text(message, "html")
    rich = text_of_markup(marked) if marked else ""
    if rich and len(plain) < 0.5 * len(rich):
        draft.set("body", rich, "mail", path="text/html")
    draft.set("body", _unwrapped(plain), "mail", path="text/plain")
    return draft.finish()


def _saved_page(message: EmailMessage, source: Source) -> Article | Rejection:
    """The page of an MHTML file (RFC 2557); the date of the message is when the page was saved."""
    address = _header(message, "Snapshot-Content-Location", "Content-Location")
    page = next(
        (part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None
    )
    if page is None:
        return source.reject("no-text", "MHTML without a page")
    data = page.get_payload(decode=True)
    if not isinstance(data, bytes):
        return source.reject("damaged", "the page of the MHTML file cannot be unpacked")
    try:
        captured = parsedate_to_datetime(_header(message, "Date")).isoformat(timespec="seconds")
    except (ValueError, TypeError):
        captured = None
    label = page.get_content_charset() or declared_encoding(data)
    member = source.member or "page"
    inside = Source(source.file, source.path, member, options=source.options, captured=captured, url=address)
    return read_page(decode(data, declared=label, languages=source.options.languages), inside, "mhtml")


def _header(message: EmailMessage, *names: str) -> str:
    return next((str(message[name]) for name in names if message[name]), "")


def _text(message: EmailMessage, kind: str) -> str:
    """The text of the first part of a kind that is no attachment."""
    for part in message.walk():
        if part.get_content_type() == f"text/{kind}" and not part.is_attachment():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                return decode(data, declared=part.get_content_charset()).text
    return ""


def _unwrapped(text: str) -> str:
    """Paragraphs whose lines were wrapped for mail, each on one line again; the signature is left out."""
    text = re.split(r"\n-- ?\n", text)[0]
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())
