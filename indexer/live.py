"""The live generation of an archive, opened, and the move to a new one when CURRENT names it."""

from __future__ import annotations

import threading

from corpus.errors import NewsdexError
from indexer.archive import Archive
from indexer.opened import Opened
from indexer.settings import Settings

Seen = tuple[int, int] | None


class Live:
    """Safe to use from several threads; a generation stays open until the last who uses it lets it go.

    Args:
        ahead: a new generation is made ready in the background while the one before answers, so that no reader waits.
    """

    def __init__(self, archive: Archive, settings: Settings, *, ahead: bool = False) -> None:
        self.archive, self.settings, self.ahead = archive, settings, ahead
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._seen: Seen = None
        self._failed: Seen = None

    def opened(self) -> Opened:
        """The live generation, or with `ahead` the one before while it is made ready.

        Raises:
            UsageError: nothing is indexed yet. DamagedArchiveError, RebuildNeededError: it cannot be used.
        """
        seen = self._current()
        if self._opened is not None and seen == self._seen:
            return self._opened
        if self._opened is not None and self.ahead and seen is not None and seen != self._failed:
            if self._lock.acquire(blocking=False):
                threading.Thread(target=self._make_ready, args=(seen,), daemon=True).start()
            return self._opened
        return self.renewed()

    def renewed(self) -> Opened:
        """What CURRENT names now, waited for: who has just corrected an archive wants to see it.

        Raises:
            UsageError, DamagedArchiveError, RebuildNeededError: as `opened`.
        """
        with self._lock:
            seen = self._current()
            if self._opened is None or seen != self._seen:
                self._opened, self._seen = Opened(self.archive, self.settings), seen
            return self._opened

    def _current(self) -> Seen:
        try:
            stat = (self.archive.path / "CURRENT").stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino

    def _make_ready(self, seen: Seen) -> None:
        """Open and warm what CURRENT names, and move to it; `_lock` is held. What fails is met by the next request."""
        try:
            opened = Opened(self.archive, self.settings)
            opened.warm()
            self._opened, self._seen = opened, seen
        except (NewsdexError, OSError):
            self._failed = seen
        finally:
            self._lock.release()
