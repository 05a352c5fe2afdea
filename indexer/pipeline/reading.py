"""First stage: read one file, know what its articles are about, and spool the records to disk.

A file is the unit of work, in this process or another; the result names the records in the spool and does not hold
them, so memory does not grow with the pile.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

from corpus.article import UNDETERMINED, Article, Origin, Provenance, Rejection, Stripped
from corpus.errors import NewsdexError
from corpus.languages import use_directory
from corpus.readers import read_file
from corpus.readers.base import Source
from indexer.disk import sha256_of
from indexer.knowing import Topics, decode_record, encode_record
from indexer.pipeline.brief import Brief, brief_of
from indexer.pipeline.collecting import collect_rarely
from indexer.pipeline.inputs import Input, fingerprint
from indexer.pipeline.knowing import Knowledge
from indexer.pipeline.versions import rank
from indexer.settings import Settings

VERSION = ("changed", "captured", "partial")
"""What a provenance tells of the version of its article, where it tells it."""
TOLD_EVERY = 100
"""Articles of one file between two reports of how far it is read."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article in a spool: where its line lies and, right before it, its brief; and its fingerprint."""

    id: str
    fingerprint: str
    spool: Path
    offset: int
    length: int
    brief: int

    def load(self) -> dict[str, Any]:
        """The record: `article`, `provenances`, `category`, `mentions`."""
        return next(loaded([self]))


def loaded(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """The records in their order."""
    return (decode_record(data) for data in _read(records, lambda record: (record.offset, record.length)))


def briefs(records: Iterable[Record]) -> Iterator[Brief]:
    """The briefs of the records in their order."""
    places = _read(records, lambda record: (record.offset - record.brief - 1, record.brief))
    return (Brief.decoded(data) for data in places)


def _read(records: Iterable[Record], place: Callable[[Record], tuple[int, int]]) -> Iterator[bytes]:
    """What lies at a place of each record; a spool stays open as long as its records follow each other."""
    for path, some in groupby(records, key=lambda record: record.spool):
        with path.open("rb") as stream:
            for record in some:
                offset, length = place(record)
                stream.seek(offset)
                yield stream.read(length)


class Spool:
    """Appends records to one file."""

    def __init__(self, path: Path, know: Topics) -> None:
        self.path = path
        self._know = know
        self._stream = path.open("ab")

    def append(self, record: dict[str, Any], mark: str) -> Record:
        brief, data = brief_of(record, self._know).encoded(), encode_record(record)
        offset = self._stream.tell() + len(brief) + 1
        self._stream.write(brief + b"\n" + data + b"\n")
        return Record(record["article"]["id"], mark, self.path, offset, len(data), len(brief))

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        self._stream.close()


@dataclass(frozen=True, slots=True)
class FileResult:
    """What one file gave.

    Attributes:
        entry: its entry in the inputs; None when it could not be read, so that the next run tries again.
        records, rejected: in the order of the file.
        advance: how many of its bytes were not told as read before.
    """

    entry: Input | None
    records: tuple[Record, ...]
    rejected: tuple[Rejection, ...]
    advance: int


_knowledge: Knowledge | None = None


def start_worker(settings: Settings) -> None:
    """Load what every file needs, once a process."""
    global _knowledge
    use_directory(settings.languages_dir)
    _knowledge = Knowledge(settings)


def record_of(article: Article, knowledge: Knowledge) -> dict[str, Any]:
    """The record of an article: what was read, and what is known of it without the rest of the archive."""
    said = article.as_json()
    provenance = said.pop("provenance")
    provenance["stripped"] = [line.as_json() for line in article.provenance.stripped]
    provenance |= {name: value for name in VERSION if (value := getattr(article.provenance, name))}
    known = knowledge.of(article)
    others = known.get("also_in", {}).items()
    provenance["notes"] = [
        *article.provenance.notes,
        *(f"{share:.0%} of the text is in {code}: it is found in that language, too" for code, share in others),
    ]
    return {"article": said, "provenances": [provenance], **known}


def known_again(record: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """A stored record with everything that is derived from the article made anew."""
    provenance = provenance_of(record["provenances"][0])
    said = {**record["article"], "source": knowledge.settings.house(record["article"].get("source"))}
    article = Article.from_json(said, provenance)
    return {"article": said, "provenances": record["provenances"], **knowledge.of(article)}


def provenance_of(given: Mapping[str, Any]) -> Provenance:
    """The provenance of its JSON form."""
    return Provenance(
        file=given["file"],
        reader=given["reader"],
        member=given.get("member"),
        line=given.get("line"),
        fields={name: Origin(**origin) for name, origin in given.get("fields", {}).items()},
        stripped=tuple(Stripped(**line) for line in given.get("stripped", ())),
        notes=tuple(given.get("notes", ())),
        **{name: given[name] for name in VERSION if name in given},
    )


def _completed(article: Article, source: Source, settings: Settings) -> Article:
    """The article with what newsdex.yml says of its pile, where it does not say so itself."""
    pile = next((one for one in settings.sources if _holds(one.path, source.path)), None)
    if pile is None:
        return replace(article, source=settings.house(article.source))
    language = pile.language if article.language == UNDETERMINED and pile.language else article.language
    return replace(article, source=settings.house(article.source or pile.name), language=language)


def _holds(top: str, path: Path) -> bool:
    return Path(os.path.abspath(path)).is_relative_to(top)


@dataclass(frozen=True, slots=True)
class _Watched(Source):
    """A source of which can be told how much has been read."""

    opened: list[BinaryIO] = field(default_factory=list)

    def open(self) -> BinaryIO:
        stream = Source.open(self)
        if self.member is None:
            self.opened[:] = [stream]
        return stream

    def position(self) -> int:
        stream = self.opened[0] if self.opened else None
        return stream.tell() if stream is not None and not stream.closed else 0


def read_parts(source: Source, directory: Path, number: int) -> Iterator[int | FileResult]:
    """Read a file into a spool of its own, so that a dead worker leaves no half.

    Yields now and then how many more of its bytes were read, and the result last.
    """
    assert _knowledge is not None, "start_worker comes first"
    watched = _Watched(source.file, source.path, pile=source.pile, options=source.options)
    spool = Spool(directory / f"{number:08d}.jsonl", _knowledge)
    records: list[Record] = []
    rejected: list[Rejection] = []
    newest: dict[str, tuple[tuple[Any, ...], str]] = {}
    told = 0
    try:
        stat = source.path.stat()
        for item in read_file(watched):
            if isinstance(item, Rejection):
                rejected.append(item)
                continue
            record = record_of(_completed(item, source, _knowledge.settings), _knowledge)
            records.append(spool.append(record, fingerprint(record["article"])))
            best = max(newest.get(records[-1].id, ((), "")), (rank(record), records[-1].fingerprint), key=itemgetter(0))
            newest[records[-1].id] = best
            if len(records) % TOLD_EVERY == 0 and (position := watched.position()) > told:
                yield position - told
                told = position
        digest = sha256_of(source.path)
    except OSError as error:
        yield FileResult(None, (), (source.reject("damaged", f"cannot be read: {error.strerror or error}"),), 0)
        return
    except Exception as error:
        # one file that trips a library up must not end a night's run; the ledger says which, and with what
        reason = f"newsdex failed on it, please report this: {type(error).__name__}: {error}"
        yield FileResult(None, (), (source.reject("damaged", reason),), 0)
        return
    finally:
        spool.close()
    entry = Input(
        key=os.path.abspath(source.path), file=source.file, size=stat.st_size, mtime_ns=stat.st_mtime_ns,
        sha256=digest, articles={name: mark for name, (_, mark) in newest.items()},
        rejected=tuple(rejected), pile=str(source.pile) if source.pile else None,
    )  # fmt: skip
    yield FileResult(entry, tuple(records), tuple(rejected), max(0, stat.st_size - told))


def read_one(source: Source, directory: Path, number: int) -> FileResult:
    """The result of `read_parts`."""
    *_, result = (part for part in read_parts(source, directory, number) if isinstance(part, FileResult))
    return result


def read_all(
    sources: Iterable[Source], directory: Path, settings: Settings, workers: int
) -> Iterator[int | FileResult]:
    """The results of all files in the order of the sources, whatever the number of processes; bytes in between."""
    numbered = ((source, directory, number) for number, source in enumerate(sources))
    if workers <= 1:
        start_worker(settings)
        for job in numbered:
            yield from read_parts(*job)
        return
    # spawned, not forked: a fork would inherit the archive's lock, and hold it after a kill of this process
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_start_process, initargs=(settings,))
    try:
        # a bounded window of jobs in flight keeps the order and the memory
        with _leave_interrupts_to_parent():
            window = deque(pool.submit(read_one, *job) for job in islice(numbered, workers * 4))
        while window:
            yield window.popleft().result()
            window.extend(pool.submit(read_one, *job) for job in islice(numbered, 1))
    except BaseException as error:
        for child in multiprocessing.active_children():
            child.terminate()
        if not isinstance(error, BrokenProcessPool):
            raise
        raise NewsdexError(
            "a process that reads files was killed, perhaps for want of memory; the archive is as it was. "
            "Try again with fewer --workers."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _leave_interrupts_to_parent() -> Iterator[None]:
    """Processes that are started within never see Ctrl-C, from their first moment on; this one sees it afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_process(settings: Settings) -> None:
    """A worker ends when the process that started it does."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
    start_worker(settings)
    collect_rarely()
