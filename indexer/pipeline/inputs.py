"""What an archive has read: for each file its size, time and checksum, the articles it gave and what was rejected."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.article import Rejection
from corpus.jsonbytes import dumped, loaded
from indexer.disk import sha256_of

INPUTS = "inputs.jsonl"


@dataclass(frozen=True, slots=True)
class Input:
    """One file that was read.

    Attributes:
        key: its absolute path. `file`: the path as it was given.
        articles: article id → fingerprint of the article's fields.
        pile: the directory that was given, when the file was found below one.
    """

    key: str
    file: str
    size: int
    mtime_ns: int
    sha256: str
    articles: dict[str, str] = field(default_factory=dict)
    rejected: tuple[Rejection, ...] = ()
    pile: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key, "file": self.file, "size": self.size, "mtime_ns": self.mtime_ns, "sha256": self.sha256,
            "articles": self.articles, "rejected": [one.as_json() for one in self.rejected], "pile": self.pile,
        }  # fmt: skip


def load_inputs(path: Path) -> dict[str, Input]:
    """The inputs of a generation by key; none when the file is not there."""
    if not path.exists():
        return {}
    found = {}
    with path.open("rb") as stream:
        for line in stream:
            row = loaded(line)
            row["rejected"] = tuple(Rejection(**one) for one in row["rejected"])
            found[row["key"]] = Input(**row)
    return found


def save_inputs(path: Path, inputs: Iterable[Input]) -> None:
    with path.open("wb") as stream:
        for one in inputs:
            stream.write(dumped(one.as_json()) + b"\n")


def fingerprint(article: dict[str, Any]) -> str:
    """Of everything an article says, without where it was read."""
    said = {key: value for key, value in article.items() if key != "provenance"}
    return hashlib.blake2b(dumped(said, by_key=True), digest_size=12).hexdigest()


def unchanged(known: Input | None, path: Path, stat: os.stat_result) -> bool:
    """Whether a file gives what it gave before: same size and time, else same checksum.

    A file with an item whose embargo has ended, or whose missing part is there now, gives more.
    """
    if known is None or known.size != stat.st_size or any(map(_may_be_read_now, known.rejected)):
        return False
    return known.mtime_ns == stat.st_mtime_ns or known.sha256 == sha256_of(path)


def _may_be_read_now(rejected: Rejection) -> bool:
    ended = rejected.until is not None and rejected.until <= datetime.now(UTC).isoformat(timespec="seconds")
    return ended or (rejected.awaits is not None and Path(rejected.awaits).exists())


def vanished(inputs: dict[str, Input], sources: Iterable[str | Path]) -> Iterator[Input]:
    """The inputs at or below these sources that are no longer there."""
    tops = [os.path.abspath(source) for source in sources]
    for one in inputs.values():
        below = any(one.key == top or one.key.startswith(top.rstrip(os.sep) + os.sep) for top in tops)
        if below and not Path(one.key).exists():
            yield one
