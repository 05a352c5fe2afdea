"""Rarer looks for garbage while articles are read: what is made of them has no cycles, and what is kept stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (50_000, 20, 50)
"""New objects before a look at the young ones, and looks before one at older ones and at all."""


def collect_rarely() -> None:
    """From now on, in this process; what is there already is looked at no more."""
    gc.freeze()
    gc.set_threshold(*RARELY)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """As `collect_rarely`, for a while."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
