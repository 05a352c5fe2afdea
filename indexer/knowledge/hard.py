"""Whole names that no transcription leads from one language to another (Ban Ki-moon, 潘基文)."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.knowledge.fold import fold
from indexer.knowledge.tables import table
from indexer.knowledge.transcription import simplified


@lru_cache(maxsize=1)
def _rows() -> dict[str, int]:
    """Whole name, folded → the number of its row."""
    return {_key(name): i for i, row in enumerate(table("hard_names.yaml")) for name in str(row).split("|")}


@lru_cache(maxsize=32_768)
def _key(name: str) -> str:
    return re.sub(r"[\W_]+", " ", simplified(fold(name))).strip()


def hard_row(name: str) -> int | None:
    """The number of the person whose name this is; None when it is nobody's in the table."""
    return _rows().get(_key(name))
