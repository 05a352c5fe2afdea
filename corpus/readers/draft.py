"""An article in the making: readers set fields with their origins, `finish` completes and checks it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from corpus.article import Article, Dateline, Origin, Precision, Provenance, Rejection, Stripped
from corpus.dates import parse_date, why_not
from corpus.identity import article_id, host_of
from corpus.languages import has_pack
from corpus.layout import agencies, find_dateline
from corpus.readers.base import Source
from corpus.readers.byline import is_place, people
from corpus.readers.language import language_code, tell_language

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\u200b\ufeff\ud800-\udfff]")
_TOPIC = re.compile(r"medtop:\d{8}")
_SIGN_OFF = re.compile(r"(?<=[.!?…。！？\"”»])\s+(\w[\w .-]{1,30}\w)$")
_NO_LANGUAGE = ("und", "mul", "mis", "zxx", "utf", "iso")
"""Codes of ISO 639-2 for no one language, and beginnings of encodings that stand where a language should."""
_OLD_PAPERS = ("alto", "tei")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MAX_TITLE = 1000


def _is_zero(iso: str, text: str) -> bool:
    """Whether a date is second 0 of Unix time, which programs write where they know none; not the day in words."""
    if iso == "1970-01-01":
        return not re.search(r"[^\W\d_]", text)
    return iso[:10] in ("1970-01-01", "1969-12-31") and (
        datetime.fromisoformat(iso.replace("Z", "+00:00")).replace(second=0) in (_EPOCH, _EPOCH.replace(tzinfo=None))
    )


def one_line(text: str) -> str:
    """Text without control characters, composed (NFC), white space single."""
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub("", text)).split())


def paragraphs(text: str) -> str:
    """Text without control characters, NFC, with exactly one empty line between paragraphs.

    Where the text has empty lines, single line ends inside a paragraph are kept; where it has none, each line is one.
    """
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept = "\n".join(lines).strip("\n")
    if "\n\n" not in kept:
        return "\n\n".join(line for line in lines if line)
    return re.sub(r"\n{2,}", "\n\n", kept)


@dataclass(slots=True)
class Draft:
    """Fields as they are found; the first value set for a field stays."""

    source_file: Source
    reader: str
    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    stripped: list[Stripped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    member: str | None = None
    line: int | None = None
    changed: str | None = None
    partial: bool = False

    def set(self, name: str, value: Any, rule: str, *, line: int | None = None, path: str | None = None) -> bool:
        """Set a field unless it has a value already or the new one is empty; says whether it was set."""
        if isinstance(value, str):
            value = paragraphs(value) if name == "body" else one_line(value)
        if value in (None, "", (), []) or name in self.values:
            return False
        self.values[name] = value
        self.origins[name] = Origin(rule, line, path)
        return True

    def set_date(
        self, text: str, rule: str, *, line: int | None = None, path: str | None = None, languages: Sequence[str] = ()
    ) -> bool:
        """Set `published` and its precision from a date in any written form; one that cannot be read is noted."""
        if "published" in self.values or not text or not text.strip():
            return False
        found = parse_date(text, languages=languages or None, captured=self.source_file.captured)
        if found is None:
            reason = why_not(text) or "not understood"
            self.notes.append(f"date left out: {one_line(text)[:80]!r} ({path or rule}): {reason}")
            return False
        if self.reader not in _OLD_PAPERS and _is_zero(found.iso, text):
            self.notes.append(f"date left out: {one_line(text)[:80]!r} ({path or rule}): a machine's zero, no date")
            return False
        self.values["precision"] = found.precision
        return self.set("published", found.iso, rule, line=line, path=path)

    def set_changed(self, text: str) -> None:
        """Keep when this version of the article was made, which tells it from other versions; the first stays."""
        found = parse_date(text) if text and not self.changed else None
        self.changed = self.changed or (found.iso if found else None)

    def set_authors(self, names: Iterable[str], rule: str, *, line: int | None = None, path: str | None = None) -> bool:
        cleaned = list(dict.fromkeys(one for name in names for one in people(one_line(name))))
        persons = [name for name in cleaned if not is_place(name)] or cleaned
        return self.set("authors", tuple(persons), rule, line=line, path=path)

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def finish(self) -> Article | Rejection:
        """The article, or a rejection when it has neither title nor body."""
        title, body = str(self.get("title", ""))[:MAX_TITLE], self.get("body", "")
        if not title and not body:
            return self.source_file.reject("no-text", "neither a title nor a body", member=self.member, line=self.line)
        body = self._without_sign_off(body)
        self._language(title, body)
        self._dateline(body)
        if self.get("url"):
            self.set("source", host_of(self.get("url")), "host of the address")
        category = self.get("category")
        if category and not _TOPIC.fullmatch(category):
            self.notes.append(f"category {category!r} is no Media Topic code; left out")
            category = None
        published: str | None = self.get("published")
        precision: Precision | None = self.get("precision") if published else None
        identity = self.get("id") or article_id(
            url=self.get("url"), source=self.get("source"), title=title, published=published, body=body
        )
        return Article(
            id=identity, title=title, body=body, language=self.get("language"), provenance=self._provenance(),
            published=published, precision=precision, section=self.get("section"), category=category,
            source=self.get("source"), url=self.get("url"), authors=self.get("authors", ()),
            dateline=self.get("dateline"),
        )  # fmt: skip

    def _without_sign_off(self, body: str) -> str:
        """The body without the agency's bare name behind its last sentence, which is no part of the news."""
        found = _SIGN_OFF.search(body[-60:])
        if not found or found[1].casefold() not in agencies():
            return body
        self.stripped.append(Stripped(body.count("\n") + 1, found[1], "the agency's name at the end of the body"))
        return body[: len(body) - len(found[0])].rstrip()

    def _language(self, title: str, body: str) -> None:
        declared = language_code(self.values.pop("language", None) or "") or None
        declared_by = self.origins.pop("language", None)
        if declared and not has_pack(declared):
            code = declared
            if re.fullmatch(r"[a-z]{2,3}", code) and code not in _NO_LANGUAGE:
                self.values["language"], self.origins["language"] = code, declared_by or Origin("declared")
                return
            declared = None
        told = tell_language(title, body, declared=declared, languages=self.source_file.options.languages)
        self.values["language"] = told.code
        self.origins["language"] = declared_by if declared_by and told.code == declared else Origin("identified")
        if told.note:
            self.notes.append(told.note)

    def _dateline(self, body: str) -> None:
        if "dateline" in self.values or not body:
            return
        found = find_dateline(body.partition("\n")[0], self.get("language"))
        if found is not None:
            self.set("dateline", Dateline(found.place, found.agency), "dateline", line=None)

    def _provenance(self) -> Provenance:
        return Provenance(
            file=self.source_file.file, reader=self.reader, member=self.member or self.source_file.member,
            line=self.line, fields=self.origins, stripped=tuple(self.stripped), notes=tuple(dict.fromkeys(self.notes)),
            changed=self.changed, captured=self.source_file.captured, partial=self.partial,
        )  # fmt: skip
