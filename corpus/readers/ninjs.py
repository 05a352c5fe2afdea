"""ninjs 1.x to 3.x, the IPTC's news in JSON (https://iptc.org/std/ninjs/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.article import Article, Dateline, Rejection
from corpus.languages import base_code
from corpus.markup import looks_like_markup, names, text_of_markup
from corpus.readers.base import Source
from corpus.readers.draft import Draft

NAME = "ninjs"
_MARKS = names(
    """versioncreated firstcreated representationtype body_html body_text bodies headlines contentcreated pubstatus
    usageterms bylines mimetype associations"""
)
_OTHER_MEDIA = frozenset(("picture", "image", "video", "audio", "graphic", "photo", "event", "planning", "composite"))


def is_ninjs(record: Any) -> bool:
    """Whether a JSON object is a ninjs item: an address and two of the standard's own keys."""
    if not isinstance(record, Mapping) or "uri" not in record:
        return False
    keys = {str(key).lower() for key in record}
    return "bodies" in keys or sum(key.startswith(("body_", "description_")) for key in keys) + len(_MARKS & keys) >= 2


def ninjs_article(item: Mapping[str, Any], source: Source, line: int | None = None) -> Iterator[Article | Rejection]:
    """The article of an item; other media than text are rejected unless they carry a text of their own.

    Keys have no case here: 3.x writes `versionCreated` where 1.x and 2.x write `versioncreated`.
    """
    item = {str(key).lower(): value for key, value in item.items()}
    draft = Draft(source, NAME, line=line)
    _texts(draft, item)
    kind = str(item.get("type") or item.get("profile") or "").lower()
    if kind in _OTHER_MEDIA and len(draft.get("body", "")) < 200:
        yield source.reject("not-news", f"a ninjs item of the type {kind}, not text", line=line)
        return
    language = str(item.get("language") or "")
    if language:
        draft.set("language", base_code(language), NAME, path="language")
    for key in ("versioncreated", "firstcreated", "contentcreated", "embargoed"):
        draft.set_date(str(item.get(key) or ""), NAME, path=key)
    _people(draft, item)
    _subjects(draft, item)
    place = item.get("located")
    if isinstance(place, str) and place:
        draft.set("dateline", Dateline(place), NAME, path="located")
    uri = str(item.get("uri") or "")
    address = next(
        (str(link.get("href")) for link in _list(item.get("altids")) if isinstance(link, Mapping) and link.get("href")),
        "",
    )
    draft.set("url", uri if uri.startswith(("http://", "https://")) else address, NAME, path="uri")
    yield draft.finish()


def _texts(draft: Draft, item: Mapping[str, Any]) -> None:
    """Headline and body: one value in 1.x, lists with roles in 2.x and 3.x."""
    draft.set("title", _plain(item.get("headline")), NAME, path="headline")
    for key in ("headlines", "title", "titles", "name", "slugline"):
        for value in _list(item.get(key)):
            draft.set("title", _plain(value.get("value") if isinstance(value, Mapping) else value), NAME, path=key)
    bodies = [(f"{key}", item[key]) for key in item if key.startswith("body_") and isinstance(item[key], str)]
    for body in _list(item.get("bodies")):
        if isinstance(body, Mapping):
            bodies.append(("bodies", body.get("value")))
    texts = [(path, _plain(value)) for path, value in bodies]
    path, text = max(texts, key=lambda pair: len(pair[1]), default=("", ""))
    draft.set("body", text, NAME, path=path)
    for value in (
        *_list(item.get("descriptions")),
        *_list(item.get("description_text")),
        *_list(item.get("description_html")),
    ):
        draft.set("body", _plain(value.get("value") if isinstance(value, Mapping) else value), NAME, path="description")


def _people(draft: Draft, item: Mapping[str, Any]) -> None:
    people = [_name(one) for one in _list(item.get("people")) if isinstance(one, Mapping)
             and "author" in str(one.get("rel") or one.get("role") or "").lower()]  # fmt: skip
    by = item.get("byline") or [one.get("byline") for one in _list(item.get("bylines")) if isinstance(one, Mapping)]
    for value in _list(by):
        if value and not people:
            people.append(str(value))
    draft.set_authors(people, NAME, path="byline")
    houses = [
        _name(one)
        for one in _list(item.get("infosources")) + _list(item.get("organisations"))
        if isinstance(one, Mapping)
    ]
    draft.set(
        "source",
        str(item.get("copyrightholder") or next((name for name in houses if name), "") or ""),
        NAME,
        path="copyrightholder",
    )


def _subjects(draft: Draft, item: Mapping[str, Any]) -> None:
    for subject in _list(item.get("subject")) + _list(item.get("subjects")):
        if not isinstance(subject, Mapping):
            continue
        code = str(subject.get("code") or subject.get("uri") or "").rpartition("/")[2]
        if "medtop" in f"{subject.get('scheme')}{subject.get('code')}{subject.get('uri')}".lower():
            digits = code.removeprefix("medtop:")
            if digits.isdigit() and len(digits) == 8:
                draft.set("category", f"medtop:{digits}", NAME, path="subject")
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
