"""PDF: the text of its pages, read like a page of text. Needs the package pypdf (the extra `pdf`)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.article import Article, Origin, Rejection
from corpus.encodings import Decoded
from corpus.identity import article_id
from corpus.readers.base import Source, TooLargeError, too_large
from corpus.readers.pdfpage import Piece, in_reading_order, largest
from corpus.readers.textdump import read_text

_MAX_PAGES = 2000
_MADE = re.compile(r"(?:D:)?((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_SCANNED = re.compile(r"scan|ocr|abbyy|finereader|tesseract|paper capture|omnipage|image", re.I)
"""Programs that make PDFs of old paper: their day is not the paper's."""
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u00ad]$")
_ENDS = re.compile(r"[.!?:…。！？]$")
_SHORT_LINE = 20


class Pdf:
    """Reads the text of a PDF; one that holds only pictures has none."""

    name = "pdf"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if b"%PDF-" in head[:1024] else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        try:
            from pypdf import PdfReader
            from pypdf.errors import PyPdfError
        except ImportError:
            yield source.reject("unknown-format", "PDF needs the package pypdf: pip install 'newsdex[pdf]'")
            return
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        if source.path.stat().st_size > source.options.max_bytes:
            raise TooLargeError(too_large(source.options.max_bytes))
        try:
            with source.open() as stream:
                reader = PdfReader(stream)
                if reader.is_encrypted and not reader.decrypt(""):
                    yield source.reject("damaged", "the PDF is encrypted")
                    return
                texts = [_page(page) for _, page in zip(range(_MAX_PAGES), reader.pages, strict=False)]
                told = {key: str(value) for key, value in (reader.metadata or {}).items() if isinstance(key, str)}
        except (
            PyPdfError,
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            RuntimeError,  # and what comes of it: nested too deeply, a filter that pypdf does not know
            AssertionError,
        ) as error:
            yield source.reject("damaged", f"a PDF that cannot be read: {error}")
            return
        text = "\n\n".join(_lines(raw.replace("\x00", "")) for raw, _ in texts)
        if len(text.split()) < 5:
            yield source.reject("no-text", "a PDF without text: pictures of pages need character recognition first")
            return
        title = _title(told.get("/Title", ""), text) or texts[0][1]
        for item in read_text(Decoded(text, "utf-8", "utf-8"), source, reader=self.name, title=title):
            yield _completed(item, told, title) if isinstance(item, Article) else item


def _page(page: Any) -> tuple[str, str]:
    """The text of a page in the order of reading, and its line in the largest type."""
    pieces: list[Piece] = []

    def keep(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text.strip():
            scale = abs(tm[3] * cm[3]) or 1.0
            pieces.append(Piece(cm[4] + tm[4] * cm[0], cm[5] + tm[5] * cm[3], round(size * scale, 1), text))

    raw = str(page.extract_text(visitor_text=keep) or "")
    raw, title = in_reading_order(pieces) or raw, largest(pieces)
    shown = re.compile(r"\s+".join(map(re.escape, title.split())))
    return shown.sub(f"\n{title}\n\n".replace("\\", r"\\"), raw, count=1) if title else raw, title


def _title(told: str, text: str) -> str:
    """The title that the file declares, if its text shows it too: many bear the name of a template or of a file."""
    plain = " ".join(told.split())
    return plain if len(plain) >= 8 and plain.casefold() in " ".join(text[:3000].split()).casefold() else ""


def _completed(article: Article, told: dict[str, str], title: str) -> Article:
    """The article with what only the file itself says of it: its title, and the day it was made as a second chance."""
    fields, notes = dict(article.provenance.fields), list(article.provenance.notes)
    more: dict[str, Any] = {}
    if not article.title and title:
        more["title"] = title
        fields["title"] = Origin("pdf", path="/Title or largest type")
    made = _MADE.match(told.get("/CreationDate", ""))
    by = f"{told.get('/Producer', '')} {told.get('/Creator', '')}"
    if made and not article.published and not _SCANNED.search(by):
        more |= {"published": "-".join(made.groups()), "precision": "day"}
        fields["published"] = Origin("pdf", path="/CreationDate")
        notes.append("the text tells no date; taken is the day on which the PDF was made")
    if not more:
        return article
    provenance = replace(article.provenance, fields=fields, notes=tuple(notes))
    changed = replace(article, provenance=provenance, **more)
    parts = {"url": changed.url, "source": changed.source, "published": changed.published}
    return replace(changed, id=article_id(**parts, title=changed.title, body=changed.body))


def _lines(raw: str) -> str:
    """A page's text with the lines of each paragraph joined, and words parted at the end of a line whole again."""
    lines = [line.strip() for line in raw.split("\n")]
    usual = sorted(map(len, lines))[int(0.8 * len(lines))] if lines else 0
    joined: list[str] = []
    full = False
    for line in lines:
        goes_on = full and (line[:1].islower() or (bool(joined) and not _ENDS.search(joined[-1])))
        if joined and line and _PARTED.search(joined[-1]) and line[0].islower():
            joined[-1] = joined[-1][:-1] + line
        elif joined and line and goes_on:
            joined[-1] += " " + line
        else:
            joined.append(line)
        full = bool(line) and len(line) > 0.7 * usual > _SHORT_LINE
    return "\n".join(joined)
