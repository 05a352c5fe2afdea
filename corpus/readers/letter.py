"""One message as an article: its text without what surrounds it in newsletters, their stories, and what it forwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from corpus.article import Article, Rejection, Stripped
from corpus.encodings import decode
from corpus.layout import is_chrome_line
from corpus.markup import parse_html, text_of
from corpus.readers.base import Source
from corpus.readers.digest import Story, stories
from corpus.readers.draft import Draft

NAME = "mail"
_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|tr|rv|enc|i|vs|fs|doorst|antw|odp|pd|на|пересл)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.I
)
_DASHES = re.compile(
    r"(?m)^(?=[^\n]{3,120}$)[> \t]*(?:[-_=]{3,}[^\n]{0,60}[-_=]{3,}|[-_=]{8,}|Begin forwarded message:)[ \t]*$"
)
_FIELD = re.compile(r"^[>*\s]*(?P<name>[^\W\d_][\w' -]{0,20}?)\*?\s?[:：]\*?\s*(?P<value>.*)$")
_LIST = re.compile(r"[*•·–-]\s|\d{1,2}[.)]\s")
_FULL = 45
"""A line shorter than this ended where its writer ended it."""
_LONGEST_FURNITURE = 400
_ABOVE = 4
"""Paragraphs above the news that may be none."""
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])", re.I
)


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What tells furniture, and the field of each name in the header of a forwarded message."""
    rows = yaml.safe_load((Path(__file__).parent / "letter.yaml").read_text(encoding="utf-8"))
    fields = {name: field for field, names in rows["forwarded"].items() for name in names}
    return re.compile("|".join(f"(?:{row})" for row in rows["furniture"]), re.I), fields


def letter(message: EmailMessage, number: int | None, source: Source) -> Iterator[Article | Rejection]:
    """The article of a message, or one for each story of a newsletter; of what only carries a message, the other's."""
    plain, marked = part_text(message, "plain"), part_text(message, "html")
    inner = _carried(message)
    if inner is not None and len(plain or marked) < len(part_text(inner, "plain") or part_text(inner, "html")):
        yield from letter(inner, number, source)
        return
    told, intro = stories(_visible(marked)) if marked else ([], "")
    for place, story in enumerate(told, 1):
        yield _told(story, place, intro if place == 1 else "", message, number, source)
    if told:
        return
    draft = Draft(source, NAME, line=number)
    plain = _forwarded(draft, plain)
    _head(draft, message)
    rich = text_of(_visible(marked)) if marked else ""
    if rich and len(plain) < 0.5 * len(rich):
        draft.set("body", rich, NAME, path="text/html")
    draft.set("body", unwrapped(plain), NAME, path="text/plain")
    _without_furniture(draft)
    yield draft.finish()


def _told(
    story: Story, place: int, intro: str, message: EmailMessage, number: int | None, source: Source
) -> Article | Rejection:
    """The article of one story of a newsletter: mostly its beginning, with the address of the rest."""
    member = f"{source.member}!/story {place}" if source.member else f"story {place}"
    draft = Draft(source, NAME, line=number, member=member, partial=True)
    draft.set("title", story.title, NAME, path="heading")
    draft.set("url", story.url, NAME, path="heading/a")
    draft.set("body", story.text, NAME, path="text/html")
    _head(draft, message)
    _without_furniture(draft)
    if intro:
        draft.stripped.append(Stripped(1, intro, "above the news of a newsletter"))
    draft.notes.append(f"one of the stories of the newsletter {header(message, 'Subject')!r}")
    return draft.finish()


def _head(draft: Draft, message: EmailMessage) -> None:
    draft.set("title", _PREFIX.sub("", header(message, "Subject")), NAME, path="Subject")
    _set_date(draft, header(message, "Date"), "Date")
    name, address = parseaddr(header(message, "From"))
    listed = re.sub(r"<[^>]*>|[\"']", "", header(message, "List-Id")).strip()
    draft.set("source", name or listed or address.rpartition("@")[2], NAME, path="From" if name else "List-Id")
    draft.set("language", header(message, "Content-Language")[:2].lower(), NAME, path="Content-Language")
    link = re.search(r"https?://[^\s<>]+", header(message, "Archived-At"))
    draft.set("url", link.group(0) if link else "", NAME, path="Archived-At")


def _set_date(draft: Draft, date: str, path: str) -> None:
    try:
        draft.set_date(parsedate_to_datetime(date).isoformat(timespec="minutes") if date else "", NAME, path=path)
    except (ValueError, TypeError):
        draft.set_date(date, NAME, path=path)


def header(message: EmailMessage, *names: str) -> str:
    """The first of these headers that is there, decoded where that can be done."""
    for name in names:
        try:
            value = str(message[name] or "")
        except (ValueError, TypeError, AttributeError, IndexError):
            value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")
        if value:
            return value
    return ""


def _carried(message: EmailMessage) -> EmailMessage | None:
    """The message that a message has as its attachment."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload()
            found = inner[0] if isinstance(inner, list) and inner else None
            return found if isinstance(found, EmailMessage) else None
    return None


def part_text(message: EmailMessage, kind: str) -> str:
    """The text of the first part of a kind that is no attachment; nothing of messages inside."""
    if message.get_content_type() == "message/rfc822":
        return ""
    if message.is_multipart():
        parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
        return next((text for part in parts if (text := part_text(part, kind))), "")
    if message.get_content_type() != f"text/{kind}" or message.is_attachment():
        return ""
    data = message.get_payload(decode=True)
    return decode(data, declared=message.get_content_charset()).text if isinstance(data, bytes) else ""


def _visible(marked: str) -> Any:
    """The root of HTML without what is hidden from readers (the line that mailboxes show below the subject)."""
    root = parse_html(f"<div>{marked}</div>")
    if root is None:
        root = parse_html("<div></div>")
    for node in list(root.iter()):
        if isinstance(node.tag, str) and _HIDDEN.search(node.get("style") or "") and node.getparent() is not None:
            tail = node.tail
            node.clear()
            node.tail = tail
    return root


def _forwarded(draft: Draft, plain: str) -> str:
    """The text of a forwarded message, whose header sets the fields; else the text as it is."""
    fields = _words()[1]
    for mark in _DASHES.finditer(plain):
        found: dict[str, str] = {}
        lines = plain[mark.end() :].lstrip("\n").split("\n")
        taken = 0
        for line in lines[:12]:
            field = _FIELD.match(line)
            known = fields.get(field["name"].strip().casefold(), "") if field else ""
            if field and known:
                found.setdefault(known, field["value"].strip("* "))
            elif not (found and line.strip() and line[:1].isspace()):
                break
            taken += 1
        if len(found) >= 3 and found.get("title"):
            draft.set("title", _PREFIX.sub("", found["title"]), NAME, path="forwarded Subject")
            draft.set_date(found.get("published", ""), NAME, path="forwarded Date")
            name, address = parseaddr(found.get("source", ""))
            draft.set("source", name or address.rpartition("@")[2], NAME, path="forwarded From")
            if above := plain[: mark.start()].strip():
                draft.stripped.append(Stripped(1, above, "written by who forwarded it"))
            return "\n".join(lines[taken:])
    return plain


def unwrapped(text: str) -> str:
    """Paragraphs whose lines were wrapped for mail, each on one line again; the signature is left out."""
    text = re.split(r"\n-- ?\n", text)[0]
    found: list[list[str]] = []
    before = ""
    for line in text.split("\n"):
        quoted = re.match(r"(?:>\s?)*", line)
        depth = line[: quoted.end()].count(">") if quoted else 0
        bare = line[quoted.end() :].strip() if quoted else line.strip()
        goes_on = len(before.rstrip()) >= _FULL or (before.endswith(" ") and before.strip() != "")
        if found and bare and before and goes_on and depth == before.count("\x00") and not _LIST.match(bare):
            found[-1].append(bare)
        elif bare:
            found.append([bare])
        before = f"{line}{chr(0) * depth}" if bare else ""
    return "\n\n".join(map(" ".join, found))


def _without_furniture(draft: Draft) -> None:
    """Take "view in browser" off the beginning of the body, and all that surrounds "unsubscribe" off its end."""
    told, _ = _words()
    parts = str(draft.get("body", "")).split("\n\n")

    def is_furniture(text: str) -> str:
        if len(text) > _LONGEST_FURNITURE:
            return ""
        return "around the news of a newsletter" if told.search(text) else is_chrome_line(text, None)

    first = next((n for n in range(min(_ABOVE, len(parts) // 2) - 1, -1, -1) if is_furniture(parts[n])), -1) + 1
    last = len(parts)
    while last > first + 1 and is_furniture(parts[last - 1]):
        last -= 1
    if first >= len(parts) or (first, last) == (0, len(parts)):
        return
    for number, text in enumerate(parts):
        if not first <= number < last:
            draft.stripped.append(Stripped(number + 1, text, is_furniture(text) or "above the news of a newsletter"))
    draft.values["body"] = "\n\n".join(parts[first:last])
