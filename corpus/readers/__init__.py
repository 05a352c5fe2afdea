"""Reading saved news in any format: an explicit list of readers behind one function.

    from corpus.readers import read
    for item in read(["pile/"]):      # Article or Rejection, in the order of the sorted file names
        ...

A reader is added by writing one file with a class that has `name`, `sniff` and `read` (see `base.Reader`), and naming
it in `READERS`; a golden pair under tests/golden/ shows that it works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.article import Article, Rejection
from corpus.readers.alto import Alto
from corpus.readers.base import DEFAULT_MAX_BYTES, Options, Reader, Source, TooLargeError
from corpus.readers.container import Container
from corpus.readers.feed import Feed
from corpus.readers.html import Html
from corpus.readers.iptc7901 import Iptc7901
from corpus.readers.jsondoc import JsonDocument
from corpus.readers.jsonlines import JsonLines
from corpus.readers.mail import Mail
from corpus.readers.newsml1 import NewsMl1
from corpus.readers.newsmlg2 import NewsMlG2
from corpus.readers.nitf import Nitf
from corpus.readers.pdf import Pdf
from corpus.readers.table import Table
from corpus.readers.tei import Tei
from corpus.readers.textdump import TextDump, is_text
from corpus.readers.walk import find
from corpus.readers.webarchive import WebArchive
from corpus.readers.xmlfile import BrokenXmlError, root_name
from corpus.readers.xmlrecords import XmlRecords

__all__ = ["READERS", "Options", "Reader", "Source", "find_sources", "read", "read_file"]

READERS: tuple[Reader, ...] = (
    JsonLines(),
    JsonDocument(),
    Feed(),
    Nitf(),
    NewsMlG2(),
    NewsMl1(),
    Iptc7901(),
    Alto(),
    Tei(),
    WebArchive(),
    Mail(),
    Html(),
    Pdf(),
    Table(),
    XmlRecords(),
    Container(lambda source: read_file(source)),
    TextDump(),
)
"""Every reader; of those equally sure, the first in this list reads."""


def read(
    paths: Iterable[str | Path], *, languages: Iterable[str] | None = None, max_bytes: int = DEFAULT_MAX_BYTES
) -> Iterator[Article | Rejection]:
    """Every article below the paths, and a rejection for every file and record that gave none; streams.

    Files come in the order named, and below a directory in the order of their names. `languages` limits what the text
    may be in (codes; None: every language with a pack); `max_bytes` bounds what is taken into memory at once.
    """
    for found in find_sources(paths, languages=languages, max_bytes=max_bytes):
        yield from read_file(found)


def find_sources(
    paths: Iterable[str | Path], *, languages: Iterable[str] | None = None, max_bytes: int = DEFAULT_MAX_BYTES
) -> Iterator[Source | Rejection]:
    """What `read` would read, for several processes: hand each source to `read_file`, keep the order."""
    return find(paths, Options(tuple(languages) if languages is not None else None, max_bytes))


def read_file(file: str | Path | Source | Rejection) -> Iterator[Article | Rejection]:
    """The articles and rejections of one file or source; never raises for bad input."""
    if isinstance(file, str | Path):
        for found in find((file,), Options()):
            yield from read_file(found)
        return
    if isinstance(file, Rejection):
        yield file
        return
    try:
        head = file.head()
        reader = reader_for(head, file.name)
        if reader is None:
            yield _unknown(file, head)
            return
        said = False
        for item in reader.read(file):
            said = True
            yield item
        if not said:
            yield file.reject("no-text", f"nothing in it that the {reader.name} reader could read")
    except TooLargeError as error:
        yield file.reject("too-large", str(error))
    except BrokenXmlError as error:
        yield file.reject("damaged", f"XML that cannot be read: {error}")
    except OSError as error:
        yield file.reject("damaged", f"cannot be read: {error.strerror or error}")
    except (RecursionError, MemoryError) as error:
        yield file.reject("damaged", f"nested too deeply or too large to be parsed ({type(error).__name__})")
    except Exception as error:
        # a library met a file its authors never thought of: the pile must still be read, and the file accounted for
        yield file.reject("damaged", f"{UNFORESEEN}: {type(error).__name__}: {error}")


UNFORESEEN = "the reader failed in a way that was not foreseen; please report it with the file"


def reader_for(head: bytes, name: str) -> Reader | None:
    """The reader that is surest that an input with this beginning and name is its own."""
    best, sure = None, 0.0
    for reader in READERS:
        score = reader.sniff(head, name)
        if score > sure:
            best, sure = reader, score
    return best


def _unknown(source: Source, head: bytes) -> Rejection:
    if not head:
        return source.reject("no-text", "the file is empty")
    root = root_name(head)
    other = (
        f"XML of a kind that is not known, with the root {root!r}"
        if root
        else "text of another kind"
        if is_text(head)
        else ""
    )
    kind = next((name for mark, name in _KNOWN if head.startswith(mark)), other or "binary data")
    return source.reject("unknown-format", f"no reader for this: it looks like {kind}")


_KNOWN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x00" * 64, "nothing but zeros"),
)
