"""A field's text on its way through a finder."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """`field` is `title`, `body` or `dateline`."""

    field: str
    text: str
