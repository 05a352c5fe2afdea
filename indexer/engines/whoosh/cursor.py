"""Cursors: where a list of hits was left, as text that a page can hand back."""

from __future__ import annotations

import base64
import json

from corpus.errors import UsageError


def pack(sort: str, key: float, doc: int) -> str:
    return base64.urlsafe_b64encode(f'["{sort}", {key!r}, {doc}]'.encode()).decode()


def unpack(cursor: str, sort: str) -> tuple[float, int]:
    """Key and document number of the last hit that was given.

    Raises:
        UsageError: it is no cursor of a search sorted like this.
    """
    try:
        made_for, key, doc = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        if made_for != sort:
            raise ValueError(made_for)
        return float(key), int(doc)
    except (ValueError, TypeError) as error:
        raise UsageError(f"{cursor!r} is no cursor of a search sorted by {sort}.") from error
