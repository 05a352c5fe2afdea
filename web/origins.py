"""Where an article comes from, in the language of the page: the readers' fields, rules, reasons and notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from web.i18n import gettext, language_name, locale_name
from web.notes import Told

_PLACE = re.compile(r"%\((\w+)\)s")


class Origins:
    """The words of one page, looked up once."""

    def __init__(self) -> None:
        self._fields, self._rules, self._reasons, self._notes = fields(), rules(), reasons(), notes()

    def field(self, name: str) -> str:
        """What a field of an article is called; the bare name of one that nobody has named."""
        return self._fields.get(name, name)

    def rule(self, name: str) -> str:
        """The rule that gave a field, in words; empty for a format or an element, called the same everywhere."""
        return self._rules.get(name, "")

    def reason(self, why: str) -> Told:
        """Why a line was left out."""
        text = self._reasons.get(why)
        return Told(why, foreign=True) if text is None else Told(text)

    def note(self, text: str) -> Told:
        """What a reader wants people to know of an article; English where no pattern of `notes` fits."""
        for pattern, told in self._notes.items():
            found = _compiled(pattern).fullmatch(text)
            if found:
                values = {name: _spoken(name, value) for name, value in found.groupdict().items()}
                return Told(told % values if values else told)
        return Told(text, foreign=True)


def fields() -> Mapping[str, str]:
    """Field of an article → what it is called."""
    return {
        "id": gettext("Identifier"),
        "title": gettext("Title"),
        "body": gettext("Text"),
        "published": gettext("Date"),
        "section": gettext("Section"),
        "category": gettext("Topic"),
        "language": gettext("Language"),
        "source": gettext("Source"),
        "url": gettext("Address"),
        "authors": gettext("Author"),
        "dateline": gettext("Dateline"),
    }


def rules() -> Mapping[str, str]:
    """Rule of the readers → what it goes by."""
    return {
        "address": gettext("date in the address"),
        "agency of the dateline": gettext("agency in the dateline"),
        "body-lines": gettext("lines of running text"),
        "breadcrumb": gettext("path shown on the page"),
        "byline": gettext("author's line"),
        "copyright line": gettext("copyright line"),
        "date told from the capture time": gettext("counted from when the page was saved"),
        "date-line": gettext("line with the date"),
        "dateline": gettext("dateline"),
        "declared": gettext("as declared"),
        "fetched from": gettext("address it was fetched from"),
        "first line": gettext("first line"),
        "first lines": gettext("first lines"),
        "header": gettext("head of the text"),
        "host of the address": gettext("host in the address"),
        "identified": gettext("told from the text"),
        "page-title": gettext("title of the page"),
        "record": gettext("field of the record"),
        "section-line": gettext("line with the section"),
        "settings": gettext("settings of the archive"),
        "source label": gettext("line with the source"),
        "title-line": gettext("line with the title"),
    }


def reasons() -> Mapping[str, str]:
    """Reason to leave a line out → the same in the language of the page."""
    return {
        "a date": gettext("a date"),
        "advertisement": gettext("advertisement"),
        "an address": gettext("an address"),
        "another date": gettext("another date"),
        "byline": gettext("author's line"),
        "caption": gettext("picture caption or credit"),
        "comments": gettext("comments"),
        "cookie": gettext("cookie notice"),
        "cookie notice": gettext("cookie notice"),
        "date line": gettext("line with the date"),
        "footer": gettext("foot of the page"),
        "list mark": gettext("mark of a list"),
        "navigation": gettext("navigation"),
        "no words": gettext("no words"),
        "outside the article": gettext("outside the article"),
        "picture caption or credit": gettext("picture caption or credit"),
        "related": gettext("links to other articles"),
        "related links": gettext("links to other articles"),
        "repeated on other pages of the source": gettext("repeated on other pages of the source"),
        "share": gettext("share button"),
        "share button": gettext("share button"),
        "subscribe": gettext("invitation to subscribe"),
        "subscription notice": gettext("invitation to subscribe"),
        "the agency's name at the end of the body": gettext("the agency's name at the end of the text"),
    }


def notes() -> Mapping[str, str]:
    """English text with `%(name)s` for what varies → the same in the language of the page."""
    return {
        "line %(line)s: %(date)s is a date of the page, not of the article": gettext(
            "line %(line)s: %(date)s is a date of the page, not of the article"
        ),
        "the feed has a summary, not the full text": gettext("the feed has a summary, not the full text"),
        "declared %(declared)s, but it is UTF-8": gettext("declared %(declared)s, but it is UTF-8"),
        "declared %(declared)s, but it cannot be read so; taken for %(taken)s": gettext(
            "declared %(declared)s, but it cannot be read so; taken for %(taken)s"
        ),
        "no encoding declared; taken for %(taken)s": gettext("no encoding declared; taken for %(taken)s"),
        "declared %(language)s, but the text is %(other)s": gettext("declared %(language)s, but the text is %(other)s"),
        "%(number)s bytes are not UTF-8 and were replaced by U+FFFD": gettext(
            "bytes that are not UTF-8 and were replaced by U+FFFD: %(number)s"
        ),
        "some bytes cannot be read and were replaced by U+FFFD": gettext(
            "some bytes cannot be read and were replaced by U+FFFD"
        ),
        "mojibake put right: UTF-8 had been read as %(wrong)s and saved again": gettext(
            "garbled letters put right: UTF-8 had been read as %(wrong)s and saved again"
        ),
        "mojibake: some letters were lost before the text was saved": gettext(
            "garbled: some letters were lost before the text was saved"
        ),
        "keys left out: %(keys)s": gettext("fields left out: %(keys)s"),
        "not well-formed (%(fault)s); read as far as possible": gettext(
            "not well-formed (%(fault)s); read as far as possible"
        ),
        "%(number)s words parted at the end of a line were joined": gettext(
            "words parted at the end of a line and joined: %(number)s"
        ),
        "date left out: %(text)s (%(place)s): not understood": gettext("date not understood: %(text)s (%(place)s)"),
        "date left out: %(text)s (%(place)s): a machine's zero, no date": gettext(
            "date left out, a machine's zero: %(text)s (%(place)s)"
        ),
        "date left out: %(text)s (%(place)s): %(reason)s; only Gregorian dates are read": gettext(
            "date of another calendar left out: %(text)s (%(place)s)"
        ),
        "category %(code)s is no Media Topic code; left out": gettext(
            "topic left out, its code is no Media Topic: %(code)s"
        ),
        "%(cells)s cells where the header has %(columns)s": gettext(
            "cells in the row: %(cells)s; in the head of the table: %(columns)s"
        ),
        "captured %(when)s": gettext("saved from the web: %(when)s"),
        "front matter with YAML aliases is not read": gettext("front matter with YAML aliases is not read"),
        "front matter is not valid YAML: %(fault)s": gettext("front matter is not valid YAML: %(fault)s"),
        "%(share)s of the text is in %(language)s: it is found in that language, too": gettext(
            "%(share)s of the text is in %(language)s: it is found in that language, too"
        ),
    }


def _spoken(name: str, value: str) -> str:
    return language_name(value, locale_name()) if name in ("language", "other") else value


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = _PLACE.split(pattern)
    return re.compile("".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.S)
