"""ANPA 1312, the wire format of American agencies: two lines of header, lines that open with `^`, indented paragraphs.

W2870asian
f l BC-LT--Keyword     11-13 1049
^BC-LT--Keyword,466<
^The title <
^By ANN LEE=
   HARBOUR TOWN (AP) _ The text.
   AP-WF-11-13-13 1509GMT<
"""

from __future__ import annotations

import re

from corpus.article import Stripped
from corpus.dates import parse_date
from corpus.layout import agencies, find_dateline
from corpus.readers import agency
from corpus.readers.draft import Draft

HEADER = re.compile(
    r"(?m)^[ \t]*[A-Za-z][ ]?\d{3,4}[ ]?[\w-]{0,12}[ \t]*\r?\n"
    r"[ \t]*\w[ ]{0,2}\w[ ]+[^\n]{2,48}?[ ]+\d\d-\d\d[ ]+\d{4}[ \t]*$"
)
_FOOT = re.compile(r"(?m)^\s*[A-Z]{2,4}-[A-Z]{2}-(\d\d)-(\d\d)-(\d\d) (\d\d)(\d\d)(GMT|E[SD]T)?\s*<?\s*$")
_SIGNED = re.compile(r"(?m)^\s*[A-Z]{2,4}-\d\d:\d\d-\d\d-\d\d-\d\d\s*$")
_SLUG = re.compile(r"^(?:[A-Z]{2,4}-\S+.*|.*,\s?\d{2,5})$")
_NOTE = re.compile(r"^(?:Eds?(?:itor)?s?|AP (?:Photo|Graphic|Video)s?|With AP|Note)\b", re.I)
_BYLINE = re.compile(r"^By\s+\S", re.I)
_LONGEST_HEAD = 12


def fill(draft: Draft, story: str, foot: str) -> None:
    """Title, author, body and date of a story without its header."""
    _date(draft, f"{story}\n{foot}")
    lines = [line.rstrip() for line in _SIGNED.sub("", _FOOT.sub("", story)).replace("\r", "\n").split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    title = ""
    for number in range(_LONGEST_HEAD):
        if not lines or lines[0][:2].isspace() or lines[0].startswith("\t") or not lines[0].strip():
            break
        line = lines.pop(0).lstrip("^").rstrip("<=+ ").strip()
        if _BYLINE.match(line):
            draft.set_authors([line], draft.reader, path="byline")
        elif _NOTE.match(line):
            draft.stripped.append(Stripped(number + 1, line, "a note to editors"))
        elif line and not title and not _SLUG.match(line) and line.casefold() not in agencies():
            title = line
    draft.set("title", _typeset(title), draft.reader, path="first lines")
    draft.set("body", _typeset(paragraphs(lines)), draft.reader, path="text")
    agency.without_sign_off(draft)
    opening = find_dateline(str(draft.get("body", "")).partition("\n")[0], None)
    draft.set("source", opening.agency if opening else "", draft.reader, path="agency of the dateline")


def paragraphs(lines: list[str]) -> str:
    """Paragraphs of lines: they begin after an empty line or indented."""
    found: list[list[str]] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
        elif fresh or not found or line[:2].isspace() or line.startswith(("\t", "==", "^")):
            found.append([line.strip().lstrip("^")])
            fresh = False
        else:
            found[-1].append(line.strip())
    return "\n\n".join(map(" ".join, found))


def full_year(digits: str) -> str:
    """The year of two digits: 70 to 99 are of the last century."""
    return f"{'20' if int(digits) < 70 else '19'}{digits}"


def _typeset(text: str) -> str:
    """Quotation marks and dashes as printed; the wire has ASCII alone."""
    text = re.sub(r"(?<=\w\)) _ |(?<=\w) _ (?=\w)", " — ", text.replace("``", "“").replace("''", "”"))
    return re.sub(r"<(?=\n|$)", "", text)


def _date(draft: Draft, text: str) -> None:
    found = _FOOT.search(text)
    if found:
        month, day, year, hour, minute, zone = found.groups()
        moment = parse_date(f"{full_year(year)}-{month}-{day} {hour}:{minute} {zone or ''}".strip())
        if moment:
            draft.values["precision"] = moment.precision
            draft.set("published", moment.iso, draft.reader, path="foot")
