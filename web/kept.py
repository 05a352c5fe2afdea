"""Finished pages in memory: kept for the next reader who asks the same, and made once where several ask at once.

A page that is kept is the page that would be made: what it depends on is in its name (see `web.headers.tag`).
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict, deque
from collections.abc import Callable

from flask import Flask, Response, current_app, g, request

from indexer.request import SearchRequest
from indexer.results import SearchResults
from indexer.settings import WebSettings
from web.contract import SearchSide
from web.current import the_search
from web.headers import tag, tagged, unchanged

LEVEL = 1
"""Of compression: a page is a sixth of its size in a quarter of a millisecond; the highest saves a tenth more."""


class _Making:
    """A page on its way, for which others wait; `page` stays None where it failed or is nobody else's."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.page: bytes | None = None


class Turns:
    """Lets so many in at once, and the others in the order in which they came: nobody is overtaken while waiting."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def __exit__(self, *error: object) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


class KeptPages:
    """Pages by their names, packed by gzip; those not asked for the longest are dropped first.

    Safe to use from several threads.

    Args:
        most: bytes that all packed pages may take up; 0 keeps none.
        makers: pages that are made at the same time; who asks for a page that is kept does not wait for them.
    """

    def __init__(self, most: int, makers: int = 1) -> None:
        self._most, self._bytes = most, 0
        self._makers = Turns(makers)
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[str, _Making] = {}
        self._lock = threading.Lock()

    def page(self, name: str, make: Callable[[], tuple[str, bool]]) -> bytes:
        """The packed page of a name; `make` gives it and whether it may be kept."""
        with self._lock:
            page = self._pages.get(name)
            if page is not None:
                self._pages.move_to_end(name)
                return page
            making, mine = self._making.get(name), False
            if making is None and self._most:
                making, mine = self._making.setdefault(name, _Making()), True
        if making is None:
            return self._alone(make)
        if not mine:
            making.done.wait()
            return making.page if making.page is not None else self._alone(make)
        try:
            with self._makers:
                return self._made(name, making, make)
        finally:
            with self._lock:
                del self._making[name]
            making.done.set()

    def _alone(self, make: Callable[[], tuple[str, bool]]) -> bytes:
        """A page for this reader only."""
        with self._makers:
            return packed(make()[0])

    def _made(self, name: str, making: _Making, make: Callable[[], tuple[str, bool]]) -> bytes:
        text, keep = make()
        page = packed(text)
        if keep:
            making.page = page
            with self._lock:
                self._pages[name] = page
                self._bytes += len(page)
                while self._bytes > self._most:
                    self._bytes -= len(self._pages.popitem(last=False)[1])
        return page


def packed(page: str) -> bytes:
    """A page packed by gzip, the same for the same page."""
    return gzip.compress(page.encode(), LEVEL, mtime=0)


def unpacked(page: bytes) -> bytes:
    return gzip.decompress(page)


def install(app: Flask, settings: WebSettings) -> None:
    """Keep pages of `app` as the settings want it."""
    app.extensions["newsdex-pages"] = KeptPages(settings.cache_mb * 1_000_000, settings.threads)


def answer(search: SearchSide, make: Callable[[], str]) -> Response:
    """The page of this request, packed for those who take it so: the browser's own, one that was made before, or new.

    A page is kept when its answers are whole (see `found`) and the archive is still the one that was asked.
    """
    if (same := unchanged(search)) is not None:
        return same

    def made() -> tuple[str, bool]:
        text = make()
        return text, not g.get("partial") and tag(search) == g.etag

    kept: KeptPages = current_app.extensions["newsdex-pages"]
    data = kept.page(g.etag, made)
    takes = request.accept_encodings.quality("gzip") > 0
    given = Response(data if takes else unpacked(data), mimetype="text/html")
    if takes:
        given.headers["Content-Encoding"] = "gzip"
    tagged(given).headers["Vary"] = "Accept-Language, Accept-Encoding"
    return given


def found(asked: SearchRequest) -> SearchResults:
    """The answer to a search that a page shows; one that ran out of time is not for anybody else."""
    answer = the_search().search(asked)
    if not answer.whole:
        g.partial = True
    return answer
