"""A bounded memory for what was decoded from a segment: people search for the same words again, page after page."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock

from indexer.engines.whoosh.arrays import Array


class Cache:
    """Keeps arrays, which nobody may write to, until they take up more than `most` bytes; the oldest go first."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._kept: dict[Hashable, Array] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Array]) -> Array:
        """The array for this key, made if it is not there."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            found.flags.writeable = False
            self._keep(key, found)
        return found

    def _keep(self, key: Hashable, array: Array) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = array
            self._bytes += array.nbytes
            while self._bytes > self._most and len(self._kept) > 1:
                self._bytes -= self._kept.pop(next(iter(self._kept))).nbytes
