"""JSON documents: JSON Feed, one article, or a list of them, alone or under a usual key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.article import Article, Rejection
from corpus.encodings import decode
from corpus.readers.base import Source
from corpus.readers.ninjs import is_ninjs, ninjs_article
from corpus.readers.record import article_from, guess_columns

_START = re.compile(
    rb'(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[\[{"]|\]\s*$|null|true|false|$))'
)
"""Objects and lists; a page of Markdown may begin with `[![`."""
_LISTS = (
    "articles",
    "items",
    "data",
    "results",
    "docs",
    "documents",
    "records",
    "entries",
    "news",
    "rows",
    "hits",
    "response",
)
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
        for number, record in enumerate(records, 1):
            line = number if len(records) > 1 else None
            if is_ninjs(record):
                yield from ninjs_article(record, source, line)
            elif isinstance(record, Mapping):
                yield article_from(record, source, self.name, line=line, notes=decoded.notes)
            else:
                yield source.reject(
                    "damaged", f"a JSON {type(record).__name__}, where an object was expected", line=line
                )


def _records(document: Any) -> list[Any]:
    """The list of records in a document: itself, under a usual key, or the one article it is."""
    for _ in range(4):
        if isinstance(document, list):
            return [item.get("_source", item) if isinstance(item, dict) else item for item in document]
        if not isinstance(document, Mapping):
            return []
        if is_ninjs(document) or guess_columns(document).keys() & {"title", "body"}:
            return [document]
        document = next((document[key] for key in _LISTS if isinstance(document.get(key), list | Mapping)), None)
    return []


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
        columns = {field: key for field, key in _JSON_FEED.items() if record.get(key)}
        known = {key: record[key] for key in columns.values()}
        yield article_from(known, source, "json", line=number, columns=columns)
