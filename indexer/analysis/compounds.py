"""Compounds split by an archive's own vocabulary: Außenminister ← Minister."""

from __future__ import annotations

from typing import Protocol

COMPOUNDING = ("de", "nl")
"""Languages whose compounds are split."""


class Compounds(Protocol):
    """Knows the parts of compounds; hashable, so that analysers can be kept for it."""

    def __hash__(self) -> int: ...

    def terms(self, surface: str, language: str) -> tuple[str, ...]:
        """Layer terms of a word's parts (`de:minist`), none for words that are no compounds."""
        ...
