"""What an article is, where each of its fields came from, and what an input is that is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Precision = Literal["year", "month", "day", "minute", "second"]
RejectionCode = Literal["unknown-format", "damaged", "not-news", "no-text", "too-large"]

UNDETERMINED = "und"
"""The language of an article whose language could not be told (ISO 639-2)."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where an agency report says it was filed, as printed: `MINSK, 24. Juni (BelTA) –`."""

    place: str
    agency: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"place": self.place, "agency": self.agency}


@dataclass(frozen=True, slots=True)
class Origin:
    """Which rule or element gave a field.

    Attributes:
        rule: the rule's name, such as `date-line` or `json-ld`.
        line: line in the input, counted from 1, where the input has lines.
        path: element or key path, where it has elements, such as `NewsArticle.headline`.
    """

    rule: str
    line: int | None = None
    path: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {k: v for k, v in (("rule", self.rule), ("line", self.line), ("path", self.path)) if v is not None}


@dataclass(frozen=True, slots=True)
class Stripped:
    """A line that was taken for page chrome, kept verbatim, and why."""

    line: int
    text: str
    why: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "text": self.text, "why": self.why}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article was read.

    Attributes:
        file: the path as it was given (joined with the way below it when a directory was given).
        reader: name of the reader.
        member: way inside a container (archive member, record id), or None.
        line: first line or record number of the article in the file, from 1, where that means something.
        fields: for each field of the article, the origin of its value.
        stripped: what was left out of the body.
        notes: what the reader wants people to know (an encoding guessed, a declared language contradicted …).
        changed: when this version of the article was made (ISO 8601), where the input tells it.
        captured: when it was fetched (ISO 8601), where a container tells it.
        partial: whether the input holds only the beginning or a summary.
    """

    file: str
    reader: str
    member: str | None = None
    line: int | None = None
    fields: Mapping[str, Origin] = field(default_factory=dict)
    stripped: tuple[Stripped, ...] = ()
    notes: tuple[str, ...] = ()
    changed: str | None = None
    captured: str | None = None
    partial: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "member": self.member,
            "line": self.line,
            "reader": self.reader,
            "fields": {name: origin.as_json() for name, origin in self.fields.items()},
        }


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, as read.

    Attributes:
        id: stable over runs: from the canonical address, else source + title + date, else the content.
        title, body: plain text; paragraphs of the body are parted by one empty line. One of the two may be empty.
        language: ISO 639-1 code, or `und`.
        published: ISO 8601, cut to its precision: `2024`, `2024-06`, `2024-06-24`, `2024-06-24T16:28`,
            with the zone when it was given (`2024-06-24T16:28+03:00`).
        section: the house's own word for the part of the paper (`Politik`).
        category: a Media Topic code (`medtop:11000000`) when the input itself declared one.
        source: name or host of the house that published it.
    """

    id: str
    title: str
    body: str
    language: str
    provenance: Provenance
    published: str | None = None
    precision: Precision | None = None
    section: str | None = None
    category: str | None = None
    source: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    dateline: Dateline | None = None

    def as_json(self) -> dict[str, Any]:
        """The article under the keys of the command line's contract; `category` is the bare declared code here."""
        return {
            "id": self.id,
            "title": self.title,
            "body": self.body,
            "language": self.language,
            "published": self.published,
            "precision": self.precision,
            "section": self.section,
            "category": self.category,
            "source": self.source,
            "url": self.url,
            "authors": list(self.authors),
            "dateline": self.dateline.as_json() if self.dateline else None,
            "provenance": self.provenance.as_json(),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any], provenance: Provenance) -> Article:
        """The article of an object that `as_json` made; the provenance is kept apart."""
        dateline = given.get("dateline")
        return cls(
            id=given["id"],
            title=given["title"],
            body=given["body"],
            language=given["language"],
            provenance=provenance,
            published=given.get("published"),
            precision=given.get("precision"),
            section=given.get("section"),
            category=given.get("category"),
            source=given.get("source"),
            url=given.get("url"),
            authors=tuple(given.get("authors") or ()),
            dateline=Dateline(dateline["place"], dateline.get("agency")) if dateline else None,
        )


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input, or a record of one, that gave no article, and why.

    Attributes:
        until: when it will be one (UTC, ISO 8601 to the second): the end of an embargo.
        awaits: the path of a file that it lacks; with it there may be an article.
        remedy: what to do, where it is not what helps against the code in general.
    """

    file: str
    code: RejectionCode
    reason: str
    member: str | None = None
    line: int | None = None
    until: str | None = None
    awaits: str | None = None
    remedy: str | None = None

    def as_json(self) -> dict[str, Any]:
        more = {"until": self.until, "awaits": self.awaits, "remedy": self.remedy}
        return {
            "file": self.file, "member": self.member, "line": self.line, "code": self.code, "reason": self.reason,
            **{name: value for name, value in more.items() if value is not None},
        }  # fmt: skip
