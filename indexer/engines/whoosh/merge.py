"""Merging segments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def choose(sizes: Sequence[tuple[int, int]]) -> set[int]:
    """Which segments to merge next; none when all is well."""
    return set()


def merge_segments(path: Path, parts: Sequence[tuple[Any, Any]]) -> None:
    raise NotImplementedError
