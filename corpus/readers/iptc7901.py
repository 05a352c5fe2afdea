"""IPTC 7901 (https://iptc.org/std/IPTC7901/1.0/): wire text with control codes around header, story and end.

SOH header STX text ETX. The header holds service, story number, priority, category and word count; keywords or slug
lines follow, then the title, up to a line that ends in `=`; the foot after ETX begins with day, time and zone:
`241628 jun 24`. Many systems save such stories without the control codes: the header line tells them all the same.
Its American kin, ANPA 1312, is read by `anpa`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.article import Article, Rejection, Stripped
from corpus.dates import parse_date
from corpus.encodings import decode
from corpus.layout import agencies
from corpus.readers import agency, anpa
from corpus.readers.base import Source
from corpus.readers.draft import Draft

_SOH, _STX, _ETX, _EOT = "\x01", "\x02", "\x03", "\x04"
_HEADER = re.compile(
    r"(?P<service>[A-Za-z]{2,4})\s?(?P<number>\d{3,5})\s+(?P<priority>\d)\s+(?P<category>[A-Za-zÄÖÜäöü]{1,4})\s+(?P<words>\d{1,5})\b(?P<rest>.*)"
)
_HEADER_LINE = re.compile(r"(?m)^[A-Za-z]{2,4}\d{3,5}[ \t]+[1-9][ \t]+[A-Za-zÄÖÜäöü]{1,4}[ \t]+\d{1,5}\b[^\n]{0,40}$")
_FOOT = re.compile(
    r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?:\s*(?P<zone>[A-Z]{3,4}))?\s+(?P<month>[A-Za-zäéûА-я]{3,5})\.?\s+(?P<year>\d{2,4})",
    re.I,
)
_FOOT_LINE = re.compile(rf"(?m)^\s*(?:{_FOOT.pattern})\s*$", re.I)
_NEVER = bytes(set(range(32)) - set(b"\x01\x02\x03\x04\t\n\r\x11\x12\x13\x14\x16\x1e\x1f"))
_SLUG = re.compile(r"^/?[^\s/=]{2,30}(?:/[^/=]{1,40})*/?=?$")
_STATUS = re.compile(r"^(?:\([^)]*\)|(?:\d*[A-ZÄÖÜ]{2,}|\d+)(?: (?:\d*[A-ZÄÖÜ]{2,}|\d+)){0,3})$")
_BYLINE = re.compile(r"^(?:By|Von|Par|Por|Di|Door|От)\s+\S", re.I)
_NOTES = re.compile(r"(?m)^\s*(?:#{1,3} \S|(?:\* ){3,}\*)")
_LONGEST_HEAD = 15
_CONTROL = re.compile(r"[\x16\x0e\x0f\x11-\x15\x1c-\x1f\x7f]+")


class Iptc7901:
    """Reads the stories of a wire file, one after the other."""

    name = "iptc7901"

    def sniff(self, head: bytes, name: str) -> float:
        odd = len(head) - len(head.translate(None, _NEVER))
        if odd > 0.005 * len(head):
            return 0.0
        if head.lstrip(b"\x16\x00\r\n \t").startswith(b"\x01") and b"\x02" in head[:2048]:
            return 0.9
        start = _CONTROL.sub(" ", head[:2048].decode("latin-1").replace("\r", ""))
        if b"\x02" in head[:512] and (_HEADER.search(start[:200]) or anpa.HEADER.match(start.strip())):
            return 0.85
        bare = start.lstrip()
        titled = any(line.rstrip().endswith("=") for line in bare.split("\n")[1:_LONGEST_HEAD])
        told = _HEADER_LINE.match(bare) and (titled or _FOOT_LINE.search(bare))
        return 0.85 if told or anpa.HEADER.match(bare) else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        decoded = decode(source.data(), languages=source.options.languages)
        text = _CONTROL.sub(" ", decoded.text)
        parts = [part for part in re.split(f"(?={_SOH})", text) if part.strip(f"{_SOH}{_EOT} \r\n")]
        if _STX not in text:
            starts = [found.start() for pattern in (_HEADER_LINE, anpa.HEADER) for found in pattern.finditer(text)]
            edges = sorted({0, *starts, len(text)})
            parts = [text[a:b] for a, b in pairwise(edges) if text[a:b].strip()]
        for number, part in enumerate(parts, 1):
            yield _story(part, number if len(parts) > 1 else None, source, decoded.notes)


def _story(part: str, number: int | None, source: Source, notes: tuple[str, ...]) -> Article | Rejection:
    header, story, foot = _apart(part.lstrip(_SOH))
    if not story.strip():
        return source.reject("no-text", "a wire record without a text", line=number)
    draft = Draft(source, Iptc7901.name, line=number, notes=list(notes))
    if anpa.HEADER.match(header.strip()):
        anpa.fill(draft, story, foot)
        return draft.finish()
    _date(draft, foot)
    found = _HEADER.search(header)
    if found:
        draft.set("section", found["category"], "iptc7901", path="header category")
        named = next((word for word in found["rest"].split() if word.casefold() in agencies()), "")
        draft.set("source", named, "iptc7901", path="header agency")
        draft.set("source", found["service"], "iptc7901", path="header service")
    lines = [line.rstrip() for line in _without_notes(draft, story).replace("\r", "\n").split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    _fill(draft, lines)
    return draft.finish()


def _apart(part: str) -> tuple[str, str, str]:
    """Header, story and foot, by the control codes or by their lines."""
    header, mark, rest = part.partition(_STX)
    if mark:
        story, _, foot = rest.partition(_ETX)
        return header, story, foot
    lines = part.lstrip().split("\n")
    count = 2 if anpa.HEADER.match("\n".join(lines[:2])) else 1
    header, rest = "\n".join(lines[:count]), "\n".join(lines[count:]).replace(_ETX, "").replace(_EOT, "")
    feet = list(_FOOT_LINE.finditer(rest))
    at = feet[-1].start() if feet and not rest[feet[-1].end() :].strip() else len(rest)
    return header, rest[:at], rest[at:]


def _without_notes(draft: Draft, story: str) -> str:
    """The story up to the desk's notes to editors, which are kept apart."""
    found = _NOTES.search(story)
    if not found:
        return story
    line = story.count("\n", 0, found.start()) + 1
    draft.stripped.append(Stripped(line, story[found.start() :].strip(), "notes to editors"))
    return story[: found.start()]


def _fill(draft: Draft, lines: list[str]) -> None:
    end = next((n for n, line in enumerate(lines[:_LONGEST_HEAD]) if line.endswith("=")), None)
    if end is None:
        while lines and (not lines[0].strip() or (_SLUG.match(lines[0].strip()) and "/" in lines[0])):
            lines.pop(0)
        title, body = _parts(lines)
    else:
        title = _title(draft, lines[: end + 1])
        body = anpa.paragraphs(lines[end + 1 :])
    draft.set("title", title.rstrip("= "), "iptc7901", path="first lines")
    draft.set("body", body, "iptc7901", path="text")
    agency.without_sign_off(draft)


def _title(draft: Draft, head: list[str]) -> str:
    """The title among the lines above the text: the last ones that are no slug, status or byline."""
    head = [line.rstrip("= ").strip() for line in head]
    kept: list[str] = []
    for line in head:
        if not line:
            kept = []
        elif _BYLINE.match(line):
            draft.set_authors([line], "iptc7901", path="byline")
        elif not (_SLUG.match(line) and "/" in line):
            kept.append(line)
    named = [line for line in kept if not _STATUS.match(line)] or kept
    return " ".join(named) or next((line for line in reversed(head) if line), "")


def _parts(lines: list[str]) -> tuple[str, str]:
    """Title (lines up to an empty one or an indented paragraph) and paragraphs of a text without a marked title."""
    title: list[str] = []
    while lines and lines[0] and not lines[0][:2].isspace() and len(title) < 4:
        title.append(lines.pop(0).strip())
        if len(" ".join(title)) > 120:
            break
    if not title and lines:
        title.append(lines.pop(0).strip())
    return " ".join(title), anpa.paragraphs(lines)


def _date(draft: Draft, foot: str) -> None:
    found = _FOOT.search(foot)
    if not found:
        return
    year = found["year"] if len(found["year"]) == 4 else anpa.full_year(found["year"])
    day = parse_date(
        f"{found['day']} {found['month']} {year} {found['hour']}:{found['minute']} {found['zone'] or ''}".strip()
    )
    if day:
        draft.values["precision"] = day.precision
        draft.set("published", day.iso, "iptc7901", path="foot")
