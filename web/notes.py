"""What the search side has to say of a query, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.query.notes import TEXTS, Note
from web.i18n import gettext

_CODES = {text: code for code, text in TEXTS.items() if "%(" not in text}


@dataclass(frozen=True, slots=True)
class Told:
    """`foreign`: nobody has translated it, it is English."""

    text: str
    foreign: bool = False


def told(note: str) -> Told:
    """A note as the reader is told it."""
    code = note.code if isinstance(note, Note) else _CODES.get(note, "")
    values = note.values if isinstance(note, Note) else {}
    text = translated().get(code)
    return Told(note, foreign=True) if text is None else Told(text % values if values else text)


def translated() -> Mapping[str, str]:
    """Code → text in the language of the page, its values not filled in."""
    return {
        "cut": gettext("The query was cut after %(number)s characters."),
        "quote-left-out": gettext("A quotation mark without a partner was left out."),
        "quote-closed": gettext("An open quotation mark was closed at the end."),
        "quotes-empty": gettext("Empty quotation marks were left out."),
        "parentheses-mended": gettext("Parentheses without a partner were mended."),
        "parentheses-deep": gettext("Parentheses deeper than %(number)s were left out."),
        "operator-idle": gettext("An operator with nothing to join was left out."),
        "words-limit": gettext("Only the first %(number)s words of the query were used."),
        "phrase-limit": gettext("A phrase may have at most %(number)s words; only those were used."),
        "window-limit": gettext("Words may be at most %(number)s words apart."),
        "fuzzy-limit": gettext("Fuzzy words may differ by at most 2 letters."),
        "field-alone": gettext("%(text)s has no word behind it and was left out."),
        "no-weights": gettext("Weights such as ^2 are not known and were left out."),
        "signs": gettext("Signs without letters (%(text)s) were left out."),
        "no-word": gettext("There is no word to search for, so nothing was found."),
        "too-short": gettext("%(text)s needs at least %(number)s letters and found nothing."),
        "taken-apart": gettext("No article has “%(text)s” as typed; its parts were searched: %(parts)s."),
        "common-words": gettext("Common words may be missing: %(words)s. Put + before a word to need it."),
        "unknown-author": gettext("No author is known as “%(text)s”."),
        "unknown-entity": gettext("No entity is known as “%(text)s”."),
        "unknown-category": gettext("No category is known as “%(text)s”."),
        "unknown-section": gettext("No section is known as “%(text)s”."),
        "unknown-source": gettext("No source is known as “%(text)s”."),
        "unknown-language": gettext("No language is known as “%(text)s”."),
        "unknown-id": gettext("No id is known as “%(text)s”."),
        "range-field": gettext(
            "A range needs the field date, as in date:[2024-03 TO 2024-06]; this one was left out."
        ),
        "no-date": gettext("“%(text)s” is no date; write 2024, 2024-06 or 2024-06-24. It was left out."),
        "out-of-time": gettext("The time for a query was over before all was looked through: there may be more."),
        "pattern-limit": gettext(
            "%(text)s was only compared with the first %(number)s terms; begin it with letters."
        ),
    }
