"""JSON documents: JSON Feed, one article, or a list of them, alone or under a usual key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from corpus.article import Article, Rejection
from corpus.encodings import decode
from corpus.markup import names
from corpus.readers.agency import newest, superseded
from corpus.readers.base import Source
from corpus.readers.ninjs import is_ninjs, ninjs_article, version_of
from corpus.readers.record import article_from, guess_columns, value_text

_START = re.compile(
    rb'(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[\[{"]|\]\s*$|null|true|false|$))'
)
"""Objects and lists; a page of Markdown may begin with `[![`."""
_USUAL = names("articles items item data results docs documents records entries news rows hits response")
_DEEPEST = 6
_JSON_FEED = {
    "title": "title", "body": "content_html", "published": "date_published", "url": "url", "authors": "authors",
    "section": "tags", "language": "language", "source": "source",
}  # fmt: skip


class JsonDocument:
    """Reads `.json`: JSON Feed, ninjs, records under the keys of an article or their usual other names."""

    name = "json"

    def sniff(self, head: bytes, name: str) -> float:
        if not _START.match(head[:256].replace(b"\x00", b"")):
            return 0.0
        return 0.8 if name.lower().endswith((".json", ".ninjs", ".geojson")) else 0.55 if b'"' in head[:200] else 0.1

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        decoded = decode(source.data(), languages=source.options.languages)
        try:
            document = json.loads(decoded.text)
        except RecursionError:
            yield source.reject("damaged", "not JSON that can be read: nested too deeply")
            return
        except ValueError as error:
            yield source.reject("damaged", f"not JSON: {error}")
            return
        if _is_json_feed(document):
            yield from _json_feed(document, source)
            return
        records = _records(document)
        if not records:
            yield source.reject("unknown-format", "JSON, but no articles: no title or text under any known key")
        older = newest([version_of(record) for record in records])
        for number, record in enumerate(records, 1):
            line = number if len(records) > 1 else None
            if number - 1 in older:
                yield superseded(source, older[number - 1], line)
            elif is_ninjs(record):
                yield from ninjs_article(record, source, line)
            elif isinstance(record, Mapping) and _is_thing(record):
                yield source.reject("not-news", f"JSON-LD of the type {value_text(record['@type'])}", line=line)
            elif isinstance(record, Mapping):
                yield article_from(record, source, self.name, line=line, notes=decoded.notes)
            else:
                yield source.reject(
                    "damaged", f"a JSON {type(record).__name__}, where an object was expected", line=line
                )


def _records(document: Any) -> list[Any]:
    """The records in a document: itself, the one article it is, or the longest list of articles that lies in it."""
    level = [document]
    for _ in range(_DEEPEST):
        lists = [one for one in level if isinstance(one, list) and (one is document or any(map(_is_full, one)))]
        if lists:
            return [_inner(item) for item in max(lists, key=len)]
        single = next((one for one in level if _is_record(one) and not _is_shelf(one)), None)
        if single is not None:
            return [_inner(single)]
        maps = [one for one in level if isinstance(one, Mapping)]
        children = [(key, value) for one in maps for key, value in one.items() if isinstance(value, list | Mapping)]
        children.sort(key=lambda pair: str(pair[0]).lower() not in _USUAL)
        keyed = [list(one.values()) for one in maps if len(one) > 1 and all(map(_is_full, one.values()))]
        level = [*keyed, *(value for _, value in children)]
    return []


def _inner(item: Any) -> Any:
    """A record without what a search engine or an API wraps around it."""
    for key in ("_source", "item", "node", "fields", "article"):
        inner = item.get(key) if isinstance(item, Mapping) and not _holds(item, "body") else None
        if isinstance(inner, Mapping) and _has_text(inner):
            return {**{name: value for name, value in item.items() if name != key}, **inner}
    return item


def _is_record(item: Any) -> bool:
    return isinstance(item, Mapping) and _has_text(_inner(item))


def _is_thing(record: Mapping[str, Any]) -> bool:
    """Whether a record declares itself something else than an article or a page (https://schema.org)."""
    kinds = value_text(record.get("@type"))
    return bool(kinds) and not _holds(record, "body") and not re.search(r"Article|Posting|Report|Review|Page", kinds)


def _is_shelf(item: Mapping[str, Any]) -> bool:
    """Whether an object has a title, as feeds and collections have, but its texts in a list of records."""
    lists = [value for value in item.values() if isinstance(value, list)]
    return not is_ninjs(item) and not _holds(item, "body") and any(_is_full(one) for some in lists for one in some)


def _is_full(item: Any) -> bool:
    """Whether an object is an article for sure: it has a text, or a title and an address, a date or a summary."""
    if not isinstance(item, Mapping):
        return False
    inner = _inner(item)
    more = any(_holds(inner, field) for field in ("url", "published", "summary"))
    return is_ninjs(inner) or _holds(inner, "body") or (_holds(inner, "title") and more)


def _has_text(item: Mapping[str, Any]) -> bool:
    return is_ninjs(item) or _holds(item, "title") or _holds(item, "body")


def _holds(item: Mapping[str, Any], field: str) -> bool:
    return bool(value_text(item.get(guess_columns(str(key) for key in item).get(field, ""))))


def _is_json_feed(document: Any) -> bool:
    return isinstance(document, Mapping) and "jsonfeed.org/version" in str(document.get("version", ""))


def _json_feed(feed: Mapping[str, Any], source: Source) -> Iterator[Article | Rejection]:
    """Items of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        yield source.reject("no-text", "a feed without entries")
        return
    for number, item in enumerate(items, 1):
        if not isinstance(item, Mapping):
            yield source.reject("damaged", f"a JSON {type(item).__name__}, where an item was expected", line=number)
            continue
        record = {**item, "source": feed.get("title")}
        record.setdefault("language", feed.get("language"))
        record["authors"] = item.get("authors") or item.get("author") or feed.get("authors")
        record["content_html"] = item.get("content_html") or item.get("content_text") or item.get("summary")
        record["date_published"] = item.get("date_published") or item.get("date_modified")
        record["url"] = _feed_address(item, feed)
        columns = {field: key for field, key in _JSON_FEED.items() if record.get(key)}
        known = {key: record[key] for key in columns.values()}
        yield article_from(known, source, "json", line=number, columns=columns)


def _feed_address(item: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    """The address of an item; its id may be one, and a relative one counts from the house's page."""
    home = str(feed.get("home_page_url") or "")
    for value in (item.get("url"), item.get("id"), item.get("external_url")):
        if str(value or "").startswith(("http://", "https://")):
            return str(value)
    link = str(item.get("url") or "")
    try:
        return urljoin(home, link) if link and home.startswith(("http://", "https://")) else ""
    except ValueError:
        return ""
