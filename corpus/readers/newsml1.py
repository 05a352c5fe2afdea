"""NewsML 1.0 to 1.2 (https://iptc.org/std/NewsML/1.2/): every text among the items of an envelope.

A news item is one article, or several where its components bear a headline each (languages, sidebars). Of several
revisions of an item in one file the newest is read; what its agency holds back or has withdrawn is a rejection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Rejection
from corpus.languages import base_code
from corpus.markup import local_name, names
from corpus.readers import agency, xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.nitf import fill_from_nitf
from corpus.readers.xmlfile import XML_LANG, find, find_all, text

_TEXTS = names("text complexdata compositedata")
_SIDE = names("caption photo picture image graphic graphics video audio thumbnail quicklook preview icon logo")
_TITLES = names("title headline")
_LEADS = names("lead abstract summary standfirst")


class NewsMl1:
    """Reads the news items of a NewsML 1 document."""

    name = "newsml-1"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if xmlfile.root_name(head) == "NewsML" else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        items = [node for node in find_all(root, "NewsItem") if find(node, "NewsComponent") is not None]
        items = items or list(find_all(root, "NewsItem"))
        if not items:
            yield source.reject("no-text", "NewsML without a news item")
        older = agency.newest([_version(item) for item in items])
        for number, item in enumerate(items, 1):
            line = number if len(items) > 1 else None
            if number - 1 in older:
                yield agency.superseded(source, older[number - 1], line)
                continue
            yield from _read(item, root, source, line, [note] if note else [])


def _version(item: Any) -> tuple[str, str]:
    """What names an item over its revisions, and its revision."""
    version = text(find(item, "Identification", "RevisionId"))
    key = text(find(item, "Identification", "NewsItemId")) or text(find(item, "Identification", "PublicIdentifier"))
    key = re.sub(rf"(?::|-v){re.escape(version)}[NUA]?$", "", key) if version else key
    return f"{text(find(item, 'Identification', 'ProviderId'))} {key}" if key else "", version


def _read(item: Any, root: Any, source: Source, line: int | None, notes: list[str]) -> Iterator[Article | Rejection]:
    draft = Draft(source, NewsMl1.name, line=line, notes=notes)
    status = find(item, "NewsManagement", "Status")
    code = (status.get("FormalName") or text(status)) if status is not None else ""
    refusal = agency.refused(draft, code, _release(item) if "embargo" in code.lower() else "")
    if refusal:
        yield refusal
        return
    stories = _stories(item)
    outer = _Scope(item)
    kinds = {(node.get("FormalName") or "").lower() for node in find_all(item, "MediaType")} - {""}
    for scopes, contents in stories:
        draft = Draft(source, NewsMl1.name, line=line, notes=list(draft.notes))
        _fill(draft, [*scopes, outer], root, contents)
        if draft.get("body") or not kinds or kinds & _TEXTS:
            yield draft.finish()
        else:
            yield source.reject(
                "not-news", f"a NewsML item of the type {', '.join(sorted(kinds))}, not text", line=line
            )


def _release(item: Any) -> str:
    """When the status changes to usable, or nothing."""
    for change in find_all(item, "NewsManagement", "StatusWillChange"):
        future = find(change, "FutureStatus")
        if future is not None and (future.get("FormalName") or text(future)).lower() == "usable":
            return text(find(change, "DateAndTime"))
    return ""


class _Scope:
    """A component or an item, what it says of itself outside the components inside it, its role and language."""

    def __init__(self, node: Any) -> None:
        self.node = node
        self.parts = [part for part in node if local_name(part) not in ("newscomponent", "")]
        self.language = node.get(XML_LANG) or ""
        role = next((part for part in self.parts if local_name(part) == "role"), None)
        self.role = (role.get("FormalName") or "").lower() if role is not None else ""
        lines = (part for part in self.parts if local_name(part) == "newslines")
        self.has_headline = any(text(find(part, "HeadLine")) for part in lines)


_Story = tuple[list[_Scope], list[tuple[str, Any]]]


def _stories(item: Any) -> list[_Story]:
    """(Component and those around it, (role, content) of each text) of every story; one without texts at the least."""
    found: dict[Any, _Story] = {}
    known: dict[Any, _Scope] = {}

    def scope(node: Any) -> _Scope:
        return known.get(node) or known.setdefault(node, _Scope(node))

    for data in find_all(item, "DataContent"):
        around = [scope(up) for up in data.iterancestors() if local_name(up) == "newscomponent"]
        media = next((find(up, "MediaType") for up in data.iterancestors() if local_name(up) == "contentitem"), None)
        kind = (media.get("FormalName") or "").lower() if media is not None else ""
        if not text(data) or (kind and kind not in _TEXTS) or any(one.role in _SIDE for one in around):
            continue
        place = next((n for n, one in enumerate(around) if one.has_headline), max(0, len(around) - 1))
        owner = around[place].node if around else item
        role = next((one.role for one in around[: place + 1] if one.role), "")
        found.setdefault(owner, (around[place:], []))[1].append((role, data))
    top = [scope(node) for node in item if local_name(node) == "newscomponent"]
    return list(found.values()) or [(top[:1], [])]


def _near(scopes: list[_Scope], *names: str) -> Iterator[Any]:
    """The elements of a way, those of the story's own component first, then those of the components around it."""
    yield from find_all(scopes[0].node, *names) if len(scopes) > 1 else ()
    for scope in scopes[1:] if len(scopes) > 1 else scopes:
        yield from _outside(scope, *names)


def _outside(scope: _Scope, *names: str) -> Iterator[Any]:
    """The elements of a way below a component or item, but not in the components inside it."""
    for part in scope.parts:
        inner = names[1:] if local_name(part) == names[0].lower() and len(names) > 1 else names
        yield from find_all(part, *inner)


def _values(nodes: Iterator[Any]) -> list[str]:
    """What elements say in their text or under `FormalName`."""
    return [value for node in nodes if (value := (node.get("FormalName") or text(node)).strip())]


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _fill(draft: Draft, scopes: list[_Scope], root: Any, contents: list[tuple[str, Any]]) -> None:
    item = scopes[-1]
    title = _first([text(node) for node in _near(scopes, "NewsLines", "HeadLine") if text(node)])
    draft.set("title", title, "newsml-1", path="NewsLines/HeadLine")
    for path in (
        ("NewsManagement", "ThisRevisionCreated"),
        ("NewsManagement", "FirstCreated"),
        ("Identification", "DateId"),
    ):
        draft.set_date(_first([text(node) for node in _outside(item, *path)]), "newsml-1", path="/".join(path))
    draft.set_changed(_first([text(node) for node in _outside(item, "NewsManagement", "ThisRevisionCreated")]))
    by = [text(node) for node in _near(scopes, "NewsLines", "ByLine") if text(node)]
    draft.set_authors(agency.persons(by[:1]), "newsml-1", path="NewsLines/ByLine")
    creators = agency.persons(_values(_near(scopes, "AdministrativeMetadata", "Creator", "Party")))
    draft.set_authors([name for name in creators if " " in name], "newsml-1", path="Creator/Party")
    tags = _values(_near(scopes, "DescriptiveMetadata", "Language"))
    tags += [tag for tag in (*(scope.language for scope in scopes), root.get(XML_LANG)) if tag]
    draft.set("language", base_code(_first(tags)), "newsml-1", path="Language@FormalName")
    _sort(draft, scopes)
    _content(draft, contents)
    agency.without_sign_off(draft)
    _dateline(draft, scopes)


def _sort(draft: Draft, scopes: list[_Scope]) -> None:
    """Section, category and source."""
    for node in _near(scopes, "TopicOccurrence"):
        name = (node.get("Topic") or "").lstrip("#")
        draft.set("section", name if len(name) > 3 else "", "newsml-1", path="TopicOccurrence")
    for kind in ("SubjectDetail", "SubjectMatter", "Subject"):
        for node in _near(scopes, "SubjectCode", kind):
            draft.set("category", agency.topic(node.get("FormalName") or ""), "newsml-1", path=f"SubjectCode/{kind}")
    for way in (
        ("AdministrativeMetadata", "Provider", "Party"),
        ("AdministrativeMetadata", "Source", "Party"),
        ("Identification", "ProviderId"),
    ):
        draft.set("source", _first(_values(_near(scopes, *way))), "newsml-1", path="/".join(way))


def _content(draft: Draft, contents: list[tuple[str, Any]]) -> None:
    """The body: NITF where there is some, else the longest text, with the lead before it."""
    texts: list[tuple[str, str]] = []
    for role, data in contents:
        inner = next((node for node in data.iter() if local_name(node) == "nitf"), None)
        if inner is not None:
            fill_from_nitf(draft, inner)
            return
        texts.append((role, agency.body_of(data) if len(data) else agency.plain("".join(data.itertext()))))
    draft.set("title", _first([found for role, found in texts if role in _TITLES]), "newsml-1", path="DataContent")
    body = max((found for role, found in texts if role not in _TITLES | _LEADS), key=len, default="")
    lead = next((found for role, found in texts if role in _LEADS and found not in body), "")
    draft.set("body", f"{lead}\n\n{body}".strip(), "newsml-1", path="DataContent")


def _dateline(draft: Draft, scopes: list[_Scope]) -> None:
    said = agency.dateline(_first([text(node) for node in _near(scopes, "NewsLines", "DateLine") if text(node)]))
    if said and said.agency:
        draft.set("dateline", said, "newsml-1", path="NewsLines/DateLine")
    agency.set_place(draft, said.place if said else "", "NewsLines/DateLine")
    for place in _near(scopes, "DescriptiveMetadata", "Location"):
        if (place.get("HowPresent") or "Origin").lower() == "origin":
            cities = [one.get("Value") or "" for one in find_all(place, "Property") if one.get("FormalName") == "City"]
            agency.set_place(draft, _first(cities), "Location/City")
