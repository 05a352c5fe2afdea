"""Which of several versions of one article counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Rank = tuple[bool, str, str, int]


def rank(record: Mapping[str, Any]) -> Rank:
    """Of two versions the one that ranks higher counts; of equal ones, the one that was read first.

    A whole text is before a beginning or a summary, then the one changed (else published) later, then the one fetched
    later, then the longer one.
    """
    told, article = record["provenances"][0], record["article"]
    made = _moment(told.get("changed") or article["published"])
    return not told.get("partial"), made, _moment(told.get("captured")), len(article["body"])


def _moment(iso: str | None) -> str:
    """A time of any precision in one form that sorts; the beginning of a day for a mere day."""
    if not iso:
        return ""
    try:
        moment = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    except ValueError:
        return iso  # a year, or a month
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")
