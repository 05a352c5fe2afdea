"""Refusals in the language of the page."""

from __future__ import annotations

from corpus.errors import QueryLimitError, UsageError


class Refused(UsageError):
    """A request that cannot be answered, told in the reader's language; what the search side raises is in English."""


class TooMuch(Refused, QueryLimitError):
    """Likewise, for more than an address may hold."""
