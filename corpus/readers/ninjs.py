"""ninjs 1.x to 3.x, the IPTC's news in JSON (https://iptc.org/std/ninjs/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.article import Article, Rejection
from corpus.languages import base_code
from corpus.markup import looks_like_markup, names, text_of_markup
from corpus.readers import agency
from corpus.readers.base import Source
from corpus.readers.draft import Draft

NAME = "ninjs"
_MARKS = names(
    """versioncreated firstcreated representationtype body_html body_text bodies headlines contentcreated pubstatus
    usageterms bylines mimetype associations"""
)
_OTHER_MEDIA = names("picture image video audio graphic photo event planning composite package")
_WHOLE = 0.8
"""A rendition that holds so much of the longest one is the same text; the one with paragraphs counts."""


def is_ninjs(record: Any) -> bool:
    """Whether a JSON object is a ninjs item: an address (or, in systems that export it, a guid) and two more keys."""
    if not isinstance(record, Mapping) or not {"uri", "guid"} & record.keys():
        return False
    keys = {str(key).lower() for key in record}
    least = 2 if "uri" in record else 3
    found = sum(key.startswith(("body_", "description_")) for key in keys) + len(_MARKS & keys)
    return "bodies" in keys or found >= least


def ninjs_article(item: Mapping[str, Any], source: Source, line: int | None = None) -> Iterator[Article | Rejection]:
    """The article of an item, then those of the texts associated with it.

    Other media than text are rejected unless they carry a text of their own. Keys have no case here: 3.x writes
    `versionCreated` where 1.x and 2.x write `versioncreated`.
    """
    item = {str(key).lower(): value for key, value in item.items()}
    draft = Draft(source, NAME, line=line)
    kind = str(item.get("type") or item.get("profile") or "").lower()
    refusal = agency.refused(draft, str(item.get("pubstatus") or ""), str(item.get("embargoed") or ""))
    if refusal:
        yield refusal
        return
    _texts(draft, item)
    if kind in _OTHER_MEDIA and len(draft.get("body", "")) < 200:
        yield source.reject("not-news", f"a ninjs item of the type {kind}, not text", line=line)
    else:
        yield _filled(draft, item)
    for inner in _associated(item):
        yield from ninjs_article(inner, source, line)


def version_of(item: Any) -> tuple[str, str]:
    """What names an item over its versions, and its version; nothing for what is no item."""
    if not is_ninjs(item):
        return "", ""
    return str(item.get("uri") or item.get("guid") or ""), str(item.get("version") or "")


def _associated(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The texts among what is associated with an item: by name up to 2.x, a list in 3.x."""
    given = item.get("associations")
    found = [one for value in given.values() for one in _list(value)] if isinstance(given, Mapping) else _list(given)
    texts = [one for one in found if isinstance(one, Mapping) and str(one.get("type") or "text").lower() == "text"]
    return [one for one in texts if "bodies" in one or any(str(key).startswith("body_") for key in one)]


def _filled(draft: Draft, item: Mapping[str, Any]) -> Article | Rejection:
    language = str(item.get("language") or "")
    if language:
        draft.set("language", base_code(language), NAME, path="language")
    for key in ("versioncreated", "firstcreated", "contentcreated", "embargoed"):
        draft.set_date(str(item.get(key) or ""), NAME, path=key)
    draft.set_changed(str(item.get("versioncreated") or ""))
    _people(draft, item)
    _subjects(draft, item)
    agency.without_sign_off(draft)
    filed = item.get("datelinelocation") or item.get("located")
    place = filed.get("city") or filed.get("name") if isinstance(filed, Mapping) else filed
    agency.set_place(draft, place if isinstance(place, str) else "", "located")
    uri = str(item.get("uri") or "")
    links = [*_list(item.get("altids")), *_list(item.get("links"))]
    address = next((str(link.get("href")) for link in links if isinstance(link, Mapping) and link.get("href")), "")
    draft.set("url", uri if uri.startswith(("http://", "https://")) else address, NAME, path="uri")
    return draft.finish()


def _texts(draft: Draft, item: Mapping[str, Any]) -> None:
    """Headline and body: one value in 1.x, lists with roles in 2.x and 3.x."""
    draft.set("title", _plain(item.get("headline")), NAME, path="headline")
    for key in ("headlines", "title", "titles", "name", "slugline"):
        values = sorted(_list(item.get(key)), key=_is_second)
        for value in values:
            draft.set("title", _plain(value.get("value") if isinstance(value, Mapping) else value), NAME, path=key)
    bodies = [(key, item[key]) for key in item if key.startswith("body_") and isinstance(item[key], str)]
    bodies += [("bodies", body.get("value")) for body in _list(item.get("bodies")) if isinstance(body, Mapping)]
    texts = [(path, _plain(value)) for path, value in bodies]
    longest = max((len(text) for _, text in texts), default=0)
    whole = [pair for pair in texts if len(pair[1]) >= _WHOLE * longest]
    path, text = max(whole, key=lambda pair: (pair[1].count("\n\n"), len(pair[1])), default=("", ""))
    draft.set("body", text, NAME, path=path)
    for key in ("descriptions", "description_text", "description_html"):
        for value in _list(item.get(key)):
            draft.set("body", _plain(value.get("value") if isinstance(value, Mapping) else value), NAME, path=key)


def _is_second(value: Any) -> bool:
    """Whether a headline is a short, sub- or web one by its role."""
    role = str(value.get("role") or "").lower() if isinstance(value, Mapping) else ""
    return role not in ("", "main", "headline", "hl1", "default", "print")


def _people(draft: Draft, item: Mapping[str, Any]) -> None:
    people = [_name(one) for one in [*_list(item.get("people")), *_list(item.get("authors"))]
              if isinstance(one, Mapping) and _is_author(one)]  # fmt: skip
    by = item.get("byline") or [
        one.get("byline") or one.get("value") for one in _list(item.get("bylines")) if isinstance(one, Mapping)
    ]
    for value in _list(by):
        if value and not people:
            people.append(str(value))
    draft.set_authors(agency.persons(people), NAME, path="byline")
    houses = [
        _name(one)
        for key in ("infosources", "infosource", "organisations")
        for one in _list(item.get(key))
        if isinstance(one, Mapping)
    ]
    for path, value in (
        ("copyrightholder", item.get("copyrightholder")),
        ("source", item.get("source")),
        ("infosources", next(filter(None, houses), "")),
        ("provider", item.get("provider")),
    ):
        draft.set("source", value if isinstance(value, str) else "", NAME, path=path)


def _is_author(person: Mapping[str, Any]) -> bool:
    role = str(person.get("rel") or person.get("role") or "").lower()
    return any(word in role for word in ("author", "writer", "creator", "byline"))


def _subjects(draft: Draft, item: Mapping[str, Any]) -> None:
    """The house's own service or the first subject is the section, the first IPTC code the category."""
    for key in ("service", "services"):
        for service in _list(item.get(key)):
            draft.set("section", _name(service) if isinstance(service, Mapping) else "", NAME, path=key)
    subjects = _list(item.get("subject")) + _list(item.get("subjects"))
    for subject in (one for one in subjects if isinstance(one, Mapping)):
        code, uri = str(subject.get("code") or ""), str(subject.get("uri") or "")
        scheme = str(subject.get("scheme") or "")
        draft.set("category", agency.topic(code or uri, f"{scheme} {uri}"), NAME, path="subject")
        draft.set("section", _name(subject), NAME, path="subject")


def _name(thing: Mapping[str, Any]) -> str:
    """The name of a subject, person or organisation: `name`, or the first of `names`."""
    value = thing.get("name") or next(iter(_list(thing.get("names"))), "")
    return str(value.get("name") or value.get("value") or "") if isinstance(value, Mapping) else str(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    return text_of_markup(text) if looks_like_markup(text) or "&" in text else text
