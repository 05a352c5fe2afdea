"""What the formats of news agencies share: whether an item may be used, its version, IPTC codes, how its text ends."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from corpus.article import Dateline, Rejection, Stripped
from corpus.dates import parse_date
from corpus.layout import agencies, find_dateline
from corpus.markup import local_name, looks_like_markup, names, text_of, text_of_markup
from corpus.readers.base import Source
from corpus.readers.draft import Draft, one_line

_WITHDRAWN = names("canceled cancelled cancel kill killed deleted delete retracted recalled withdrawn")
_HELD = names("withheld hold held holdforrelease partial pending draft")
_EMBARGO = names("embargoed embargo")
_OWN_TOPIC = re.compile(r"20\d{6}|(?:0[1-9]|1[0-7])000000")
_SUBJECT_CODE = re.compile(r"(?<!\w)(0[1-9]|1[0-7])\d{6}(?!\w)")
_LEFT_ESCAPED = re.compile(
    r"&(?:#\d{2,5}|#x[0-9a-f]{2,5}|quot|apos|amp|nbsp|lt|gt|[a-z]{1,6}(?:uml|acute|grave|circ));", re.I
)
_INITIALS = re.compile(
    r"(?:[a-z]{2,4}(?:/[a-z0-9]{1,5}){1,8}|\(?(?:ends?|END|ENDS|fin|Ende|FIN)\)?|[_=*#\s-]{2,}|(?:={2}|—|--)\s?\w{2,12}|"
    r"\(\w{2,8}(?:\s?\\?/\s?[a-z ]{1,12})+\))"
)
_AGENCY_AND_DESK = re.compile(r"(\w{2,12})((?: [a-zA-Z0-9]{1,4}){1,9})")
_PAGE_PARTS = names("header footer nav head title style script")
_BLOCK_TAG = re.compile(r"<(?:p|br|div|h[1-6]|li|tr|td|blockquote|section|article)\b", re.I)
_INDENT = re.compile(r"\n(?:[ ]{2,}|\t)(?=\S)")


def refused(draft: Draft, status: str, until: str) -> Rejection | None:
    """The rejection of an item by its status and its embargo, or None; an embargo gone by is noted.

    `status` is the bare word (`usable`, `stat:withheld`, `Embargoed`), `until` the end of the embargo as written.
    """
    word = re.split(r"[:/#]", status.strip())[-1].lower().replace(" ", "")
    told = f"(status {status.strip()})"
    if word in _WITHDRAWN:
        why = f"withdrawn by its agency {told}: what it said must not be used"
        return _refusal(draft, why, "Nothing to do: the agency took it back.")
    if word in _HELD:
        why = f"held back by its agency {told}; read the version that it releases"
        return _refusal(draft, why, "Add the version that the agency releases.")
    if word in _EMBARGO or until.strip():
        ends = parse_date(until) if until.strip() else None
        if ends is None and word in _EMBARGO:
            why = "under an embargo without an end; read the version that its agency releases"
            return _refusal(draft, why, "Add the version that the agency releases.")
        moment = _moment(ends.iso) if ends else None
        if ends and moment and moment > datetime.now(UTC):
            why = f"under embargo until {ends.iso}"
            remedy = "Nothing to do: the first update after that reads it."
            return _refusal(draft, why, remedy, moment.isoformat(timespec="seconds"))
        if ends is not None:
            draft.notes.append(f"the embargo ended {ends.iso}")
    return None


def _refusal(draft: Draft, why: str, remedy: str, until: str | None = None) -> Rejection:
    return draft.source_file.reject("not-news", why, line=draft.line, until=until, remedy=remedy)


def _moment(iso: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def newest(keys: Sequence[tuple[str, str]]) -> dict[int, str]:
    """Index → version of the newer one, for each item of one file that another version of it supersedes.

    `keys` are the id and the version of each item in the file's order; of equal versions the later counts.
    """
    best: dict[str, int] = {}
    for index, (key, version) in enumerate(keys):
        if key and (key not in best or _rank(version) >= _rank(keys[best[key]][1])):
            best[key] = index
    return {i: keys[best[key]][1] for i, (key, _) in enumerate(keys) if key and best[key] != i}


def superseded(source: Source, newer: str, line: int | None) -> Rejection:
    """The rejection of an item of which `newest` found a newer version."""
    why = f"superseded by version {newer or 'of the same number'} of it in the same file"
    return source.reject("not-news", why, line=line, remedy="Nothing to do: the newer version is read.")


def _rank(version: str) -> tuple[int, str]:
    return (int(version), "") if version.isdecimal() else (0, version)


def topic(code: str, scheme: str = "") -> str:
    """The Media Topic of an IPTC code, or nothing.

    The top terms of the Media Topics bear the numbers of the older Subject Codes' top terms
    (https://iptc.org/standards/newscodes/): `subj:15054000`, soccer, is of `medtop:15000000`, sport.
    """
    where = f"{scheme} {code}".lower()
    bare = re.split(r"[:/]", code)[-1].removeprefix("medtop")
    if "medtop" in where:
        return f"medtop:{bare}" if _OWN_TOPIC.fullmatch(bare) or re.fullmatch(r"\d{8}", bare) else ""
    if bare == code or "subj" in where or "iptc" in where or code.count(":") == 2:
        found = _SUBJECT_CODE.search(code)
        return f"medtop:{found.group(1)}000000" if found else f"medtop:{bare}" if _OWN_TOPIC.fullmatch(bare) else ""
    return ""


def dateline(text: str) -> Dateline | None:
    """The dateline of a field that holds nothing else: `Paris, 21 jan 2019 (AFP) -`, `Oslo`; None for a mere date."""
    text = one_line(text).rstrip(" -–—=").strip()
    found = find_dateline(f"{text} – x", None) if text else None
    if found:
        return found
    place = re.split(r"[,(/]", text)[0].strip(" .-–—")
    return Dateline(place) if 1 < len(place) <= 60 and not re.search(r"\d", place) else None


def set_place(draft: Draft, place: str, path: str) -> None:
    """A bare place of filing, unless the text itself opens with a dateline that names the agency too."""
    opening = find_dateline(str(draft.get("body", "")).partition("\n")[0], None)
    if place and (opening is None or not opening.agency):
        draft.set("dateline", Dateline(one_line(place)), draft.reader, path=path)


def persons(found: Iterable[str]) -> list[str]:
    """Names of creators without the desk's initials (`VRG`)."""
    return [name for name in map(one_line, found) if name and not re.fullmatch(r"\(?[A-Z]{1,4}\)?", name)]


def unescaped(text: str) -> str:
    """A text whose entities were escaped twice, put right."""
    return html.unescape(text) if _LEFT_ESCAPED.search(text) else text


def body_of(node: Any) -> str:
    """The text of inline markup of any kind: XHTML without its head, or elements of a house's own."""
    body = next((one for one in node.iter() if local_name(one) == "body"), node)
    return unescaped(text_of(body, silent=_SILENT, blocks=_BLOCKS | _apart(body)))


_SILENT = _PAGE_PARTS | names("media noscript template iframe object embed svg figure select button textarea bild")
_BLOCKS = names("p div br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr blockquote pre section article hl1 hl2 block")


def _apart(body: Any) -> frozenset[str]:
    """Names of elements that stand only beside other elements, never within a run of text: they are paragraphs."""
    beside: set[str] = set()
    within: set[str] = set()
    for node in body.iter():
        if not isinstance(node.tag, str):
            continue
        inner = {local_name(child) for child in node if isinstance(child.tag, str)}
        runs = bool((node.text or "").strip() or any((child.tail or "").strip() for child in node))
        (within if runs else beside).update(inner)
    return frozenset(beside - within - {""})


def plain(raw: str) -> str:
    """The text of inline data: plain with indented paragraphs, or marked up."""
    blocks = len(_BLOCK_TAG.findall(raw))
    if looks_like_markup(raw) and (not blocks or (blocks == 1 and _INDENT.search(raw))):
        raw = re.sub(r"<[^<>]*>", "" if not blocks else " ", raw)
    if looks_like_markup(raw):
        return unescaped(text_of_markup(raw))
    parts = re.split(r"\n\s*\n", _INDENT.sub("\n\n", html.unescape(raw).replace("\r", "").strip()))
    return "\n\n".join(" ".join(part.split()) for part in parts if part.strip())


def without_sign_off(draft: Draft) -> None:
    """Take the desk's initials, marks of the end and the agency's name off the end of the body, and keep them."""
    parts = str(draft.get("body", "")).split("\n\n")
    while len(parts) > 1 and _is_sign_off(parts[-1].strip()):
        number = 2 * len(parts) - 1
        draft.stripped.append(Stripped(number, parts.pop(), "how the agency signs off"))
    if "body" in draft.values:
        draft.values["body"] = "\n\n".join(parts)


def _is_sign_off(text: str) -> bool:
    found = _AGENCY_AND_DESK.fullmatch(text)
    signed = found is not None and found[1].casefold() in agencies()
    return signed or text.casefold() in agencies() or bool(_INITIALS.fullmatch(text))
