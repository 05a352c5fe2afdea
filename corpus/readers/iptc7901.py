"""IPTC 7901 (ANPA 1312 kin): wire text with control codes around header, story and end.

SOH header STX text ETX: https://iptc.org/std/IPTC7901/1.0/. The header holds service, story number, priority, category
and word count; keywords or slug lines follow; the foot after ETX begins with day, time and zone: `241628 jun 24`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Article, Rejection
from corpus.dates import parse_date
from corpus.encodings import decode
from corpus.readers.base import Source
from corpus.readers.draft import Draft

_SOH, _STX, _ETX, _EOT = "\x01", "\x02", "\x03", "\x04"
_HEADER = re.compile(
    r"(?P<service>[A-Za-z]{2,4})\s?(?P<number>\d{3,5})\s+(?P<priority>\d)\s+(?P<category>[A-Za-zÄÖÜäöü]{1,4})\s+(?P<words>\d{1,5})\b(?P<rest>.*)"
)
_FOOT = re.compile(
    r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?:\s*(?P<zone>[A-Z]{3,4}))?\s+(?P<month>[A-Za-zäéûА-я]{3,5})\.?\s+(?P<year>\d{2,4})",
    re.I,
)
_NEVER = bytes(set(range(32)) - set(b"\x01\x02\x03\x04\t\n\r\x16\x1e\x1f"))
_SLUG = re.compile(r"^[^\s/=]{2,30}(?:/[^/=]{1,40})*/?=?$")


class Iptc7901:
    """Reads the stories of a wire file, one after the other."""

    name = "iptc7901"

    def sniff(self, head: bytes, name: str) -> float:
        odd = len(head) - len(head.translate(None, _NEVER))
        if odd > 0.005 * len(head):
            return 0.0
        if head.lstrip(b"\x16\x00\r\n \t").startswith(b"\x01") and b"\x02" in head[:2048]:
            return 0.9
        return 0.85 if b"\x02" in head[:512] and _HEADER.search(head[:200].decode("latin-1")) else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        decoded = decode(source.data(), languages=source.options.languages)
        text = re.sub(r"[\x16\x0e\x0f\x11-\x15\x1c-\x1f\x7f]", "", decoded.text)
        parts = [part for part in re.split(f"(?={_SOH})", text) if part.strip(f"{_SOH}{_EOT} \r\n")]
        for number, part in enumerate(parts, 1):
            yield _story(part, number if len(parts) > 1 else None, source, decoded.notes)


def _story(part: str, number: int | None, source: Source, notes: tuple[str, ...]) -> Article | Rejection:
    header, _, rest = part.lstrip(_SOH).partition(_STX)
    story, _, foot = rest.partition(_ETX)
    if not story.strip():
        return source.reject("no-text", "a wire record without a text", line=number)
    draft = Draft(source, Iptc7901.name, line=number, notes=list(notes))
    _date(draft, foot)
    found = _HEADER.search(header)
    if found:
        draft.set("section", found["category"], "iptc7901", path="header category")
        draft.set("source", found["service"], "iptc7901", path="header service")
    lines = [line.rstrip() for line in story.replace("\r", "\n").split("\n")]
    while lines and (not lines[0].strip() or (_SLUG.match(lines[0].strip()) and "/" in lines[0])):
        lines.pop(0)
    title, body = _parts(lines)
    draft.set("title", title.rstrip("= "), "iptc7901", path="first lines")
    draft.set("body", body, "iptc7901", path="text")
    return draft.finish()


def _parts(lines: list[str]) -> tuple[str, str]:
    """Title (lines up to one that ends in `=`, an empty line or an indented paragraph) and paragraphs of the text."""
    title: list[str] = []
    while lines and lines[0] and not lines[0][:2].isspace() and len(title) < 4:
        title.append(lines.pop(0).strip())
        if title[-1].endswith("=") or len(" ".join(title)) > 120:
            break
    if not title and lines:
        title.append(lines.pop(0).strip())
    paragraphs: list[str] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
        elif fresh or not paragraphs or line[:2].isspace():
            paragraphs.append(line.strip())
            fresh = False
        else:
            paragraphs[-1] += " " + line.strip()
    return " ".join(title), "\n\n".join(paragraphs)


def _date(draft: Draft, foot: str) -> None:
    found = _FOOT.search(foot)
    if not found:
        return
    year = (
        found["year"]
        if len(found["year"]) == 4
        else f"20{found['year']}"
        if int(found["year"]) < 70
        else f"19{found['year']}"
    )
    day = parse_date(
        f"{found['day']} {found['month']} {year} {found['hour']}:{found['minute']} {found['zone'] or ''}".strip()
    )
    if day:
        draft.values["precision"] = day.precision
        draft.set("published", day.iso, "iptc7901", path="foot")
