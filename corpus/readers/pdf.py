"""PDF: the text of its pages, read like a page of text. Needs the package pypdf (the extra `pdf`)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Rejection
from corpus.encodings import Decoded
from corpus.readers.base import Source, TooLargeError, too_large
from corpus.readers.textdump import read_text

_MAX_PAGES = 2000
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-ÿа-яёіў])")


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
                text = "\n\n".join(_text(page) for _, page in zip(range(_MAX_PAGES), reader.pages, strict=False))
        except (
            PyPdfError,
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            RecursionError,
            AssertionError,
        ) as error:
            yield source.reject("damaged", f"a PDF that cannot be read: {error}")
            return
        if len(text.split()) < 5:
            yield source.reject("no-text", "a PDF without text: pictures of pages need character recognition first")
            return
        yield from read_text(Decoded(text, "utf-8", "utf-8"), source, reader=self.name)


def _text(page: Any) -> str:
    """The text of a page with the lines of each paragraph joined."""
    raw = _PARTED.sub("", str(page.extract_text() or ""))
    lines = [line.strip() for line in raw.split("\n")]
    usual = sorted(map(len, lines))[int(0.8 * len(lines))] if lines else 0
    joined: list[str] = []
    full = False
    for line in lines:
        if (joined and line and full and not re.search(r"[.!?:…。！？]$", joined[-1])) or (
            joined and line and full and line[0].islower()
        ):
            joined[-1] += " " + line
        else:
            joined.append(line)
        full = bool(line) and len(line) > 0.7 * usual > 20
    return "\n".join(joined)
