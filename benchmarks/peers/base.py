"""What a peer has to do. A new one is a file here with a `PEER`, and its name in `NAMES`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from benchmarks.asked import Asked, Kind

if TYPE_CHECKING:
    from benchmarks.generate import Chunk

Search = Callable[[Asked], int]
"""Finds the best ten and the exact number of hits, which it returns; with facets also those."""


class PeerBuilder(Protocol):
    """Writes an index; what it does between being made and the end of `finish` is counted."""

    def add(self, chunk: Chunk) -> None: ...

    def finish(self) -> None: ...


class Peer(Protocol):
    """One engine.

    Attributes:
        name: heads its column.
        most: not run on more articles than this, None is no bound.
    """

    name: str
    most: int | None

    def missing(self) -> str | None:
        """Why it cannot run here, None when it can."""
        ...

    def clock(self) -> float:
        """Seconds of CPU used so far by the process in which the engine works."""
        ...

    def memory(self) -> int | None:
        """The engine's largest resident size in bytes when it works in a process of its own, else None."""
        ...

    def builder(self, directory: Path) -> PeerBuilder: ...

    def open(self, directory: Path) -> Mapping[Kind, Search]:
        """For each kind of query that it can answer, a function."""
        ...


class Inside:
    """A peer that works in this process."""

    def clock(self) -> float:
        return time.process_time()

    def memory(self) -> int | None:
        return None


def not_installed(module: str) -> str | None:
    """The reason for `missing` when a package is not there."""
    from importlib.util import find_spec

    return None if find_spec(module) else f"{module} is not installed (extra `bench`)"
