"""What was worked out lately: values by key, of which those that nobody asks for any more are forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Lately(Generic[Key, Value]):
    """Values made when they are first asked for.

    Args:
        make: makes the value of a key; no value is None.
        most: when so many keys were asked for since the last time, those that were not are forgotten; twice as many
            are kept at most.
    """

    __slots__ = ("_before", "_make", "_most", "_since")

    def __init__(self, make: Callable[[Key], Value], most: int) -> None:
        self._make, self._most = make, most
        self._since: dict[Key, Value] = {}
        self._before: dict[Key, Value] = {}

    def __len__(self) -> int:
        return len(self._since) + len(self._before)

    def of(self, key: Key) -> Value:
        """The value of a key."""
        found = self._since.get(key)
        if found is None:
            found = self._before.pop(key, None)
            if found is None:
                found = self._make(key)
            if len(self._since) >= self._most:
                self._before, self._since = self._since, {}
            self._since[key] = found
        return found
