"""What a reader is told about a search: a text in English, with the code and the values by which it is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXTS: Mapping[str, str] = {
    "cut": "The query was cut after %(number)s characters.",
    "quote-left-out": "A quotation mark without a partner was left out.",
    "quote-closed": "An open quotation mark was closed at the end.",
    "quotes-empty": "Empty quotation marks were left out.",
    "parentheses-mended": "Parentheses without a partner were mended.",
    "parentheses-deep": "Parentheses deeper than %(number)s were left out.",
    "operator-idle": "An operator with nothing to join was left out.",
    "words-limit": "Only the first %(number)s words of the query were used.",
    "phrase-limit": "A phrase may have at most %(number)s words; only those were used.",
    "window-limit": "Words may be at most %(number)s words apart.",
    "fuzzy-limit": "Fuzzy words may differ by at most 2 letters.",
    "field-alone": "%(text)s has no word behind it and was left out.",
    "no-weights": "Weights such as ^2 are not known and were left out.",
    "signs": "Signs without letters (%(text)s) were left out.",
    "no-word": "There is no word to search for, so nothing was found.",
    "too-short": "%(text)s needs at least %(number)s letters and found nothing.",
    "taken-apart": "No article has “%(text)s” as typed; its parts were searched: %(parts)s.",
    "common-words": "Common words may be missing: %(words)s. Put + before a word to need it.",
    "unknown-author": "No author is known as “%(text)s”.",
    "unknown-entity": "No entity is known as “%(text)s”.",
    "unknown-category": "No category is known as “%(text)s”.",
    "unknown-section": "No section is known as “%(text)s”.",
    "unknown-source": "No source is known as “%(text)s”.",
    "unknown-language": "No language is known as “%(text)s”.",
    "unknown-id": "No id is known as “%(text)s”.",
    "range-field": "A range needs the field date, as in date:[2024-03 TO 2024-06]; this one was left out.",
    "no-date": "“%(text)s” is no date; write 2024, 2024-06 or 2024-06-24. It was left out.",
    "out-of-time": "The time for a query was over before all was looked through: there may be more.",
    "pattern-limit": "%(text)s was only compared with the first %(number)s terms; begin it with letters.",
}
"""Code → text, with `%(name)s` for each value."""


class Note(str):
    """A text for people that remembers what it was made of: `code`, a key of `TEXTS`, and the values it is filled with.

    Two notes are equal when their texts are.
    """

    __slots__ = ("code", "values")
    code: str
    values: Mapping[str, Any]

    def __new__(cls, code: str, **values: Any) -> Note:
        made = super().__new__(cls, TEXTS[code] % values)
        made.code, made.values = code, values
        return made
