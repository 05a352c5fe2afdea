"""RSS 0.9x to 2.0, RDF and Atom, full text or summaries; parsed by feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from corpus.article import Article, Rejection
from corpus.encodings import decode
from corpus.languages import base_code
from corpus.markup import looks_like_markup, text_of_markup
from corpus.readers.agency import unescaped
from corpus.readers.base import Source
from corpus.readers.draft import Draft

_ROOT = re.compile(
    rb"<(?:(?:\w+:)?rss[\s>]|(?:\w+:)?feed[\s>]|(?:\w+:)?RDF[\s>][^>]{0,2000}(?:purl\.org/(?:rss|net/rss)|netscape\.com/rdf))",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w.:-]+)")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
_BODIES = ("content", "encoded", "yandex_full-text", "turbo_content", "fulltext", "summary")


class Feed:
    """Reads a saved feed: one article an entry, numbered from 1."""

    name = "feed"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.97 if _ROOT.search(head.replace(b"\x00", b"")[:4096]) else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        text, notes = _decoded(source)
        if "<!ENTITY" in text:
            text = _DOCTYPE.sub("", text)  # entities of a feed's own have no use but bombs and reading other files
        try:
            data = io.BytesIO(text.encode("utf-8", "replace"))
            parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
        except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
            yield source.reject("damaged", f"a feed that cannot be read: {error}")
            return
        if not parsed.entries:
            fault = f": {parsed.bozo_exception}" if parsed.get("bozo") else ""
            code = "damaged" if parsed.get("bozo") else "no-text"
            yield source.reject("damaged" if code == "damaged" else "no-text", f"a feed without entries{fault}")
            return
        if _broken(parsed):
            notes = (*notes, f"not well-formed ({parsed.bozo_exception}); read as far as possible")
        for number, entry in enumerate(parsed.entries, 1):
            why = _why_not(entry, parsed)
            if why:
                yield source.reject("not-news", why, line=number)
            else:
                yield _article(entry, parsed.feed, number, source, notes)


def _decoded(source: Source) -> tuple[str, tuple[str, ...]]:
    """The feed as text without its XML declaration, whose encoding is believed only where the bytes bear it out."""
    data = source.data()
    declared = _DECLARED.search(data[:400].replace(b"\x00", b""))
    label = declared.group(1).decode("ascii") if declared else None
    decoded = decode(data, declared=label, languages=source.options.languages)
    notes = decoded.notes if decoded.how != "guessed" or not data.isascii() else ()
    return _PROLOGUE.sub("", decoded.text, count=1), notes


def _why_not(entry: Any, parsed: Any) -> str | None:
    """Why an entry is no article: an episode of a podcast, or what a WordPress export holds beside published posts."""
    kind, status = str(entry.get("wp_post_type") or "post"), str(entry.get("wp_status") or "publish")
    if kind not in ("post", "page") and not kind.endswith(("news", "article", "story")):
        return f"WordPress: no post, but of the type {kind}"
    if status not in ("publish", "inherit"):
        return f"WordPress: not published, its status is {status}"
    spoken = [one for one in entry.get("enclosures") or [] if str(one.get("type")).startswith(("audio/", "video/"))]
    silent = "itunes" in parsed.namespaces or not entry.get("summary")
    if spoken and silent and not entry.get("content"):
        return "an episode of a podcast, no article"
    return None


def _broken(parsed: Any) -> bool:
    return bool(parsed.get("bozo")) and not isinstance(
        parsed.get("bozo_exception"), feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    )


def _article(entry: Any, feed: Any, number: int, source: Source, notes: tuple[str, ...]) -> Article | Rejection:
    draft = Draft(source, Feed.name, line=number, notes=list(notes))
    draft.set("title", _plain(entry.get("title", "")), "feed", path="title")
    language = _language(entry, feed)
    if language:
        draft.set("language", base_code(language), "feed", path="language")
    path, body = _body(entry)
    draft.set("body", body, "feed", path=path)
    if path == "summary" and body:
        draft.partial = True
        draft.notes.append("the feed has a summary, not the full text")
    draft.set("url", _address(entry, feed), "feed", path="link")
    for key in ("published", "created", "issued", "updated"):
        draft.set_date(str(dict.get(entry, key) or ""), "feed", path=key, languages=(language,) if language else ())
    draft.set_changed(str(dict.get(entry, "updated") or ""))
    names = [author.get("name") or "" for author in entry.get("authors") or [] if author.get("name")]
    draft.set_authors(map(_name, names or [entry.get("author") or ""]), "feed", path="author")
    terms = [tag.get("label") or tag.get("term") for tag in entry.get("tags") or []]
    draft.set(
        "section",
        next((term for term in terms if term and not str(term).startswith("http")), ""),
        "feed",
        path="category",
    )
    origin = entry.get("source") or {}
    draft.set("source", _plain(origin.get("title", "")) or _plain(feed.get("title", "")), "feed", path="channel.title")
    return draft.finish()


def _language(entry: Any, feed: Any) -> str:
    details = [entry.get("title_detail"), entry.get("summary_detail"), *(entry.get("content") or [])]
    named = [detail.get("language") for detail in details if detail and detail.get("language")]
    return str((named or [feed.get("language") or feed.get("dc_language") or ""])[0])


def _body(entry: Any) -> tuple[str, str]:
    """Path and plain text of the longest text of an entry, full content before the summary."""
    best = ("", "")
    for key in _BODIES:
        value = entry.get(key) or ""
        values = [part.get("value") or "" for part in value] if isinstance(value, list) else [str(value)]
        text = max((_plain(one) for one in values), key=len, default="")
        if text and (not best[1] or len(text) > 1.5 * len(best[1])):
            best = (key, text)
    return best


def _plain(text: str) -> str:
    """Plain text of what may be marked up; what was escaped once too often is marked up still."""
    plain = text_of_markup(text) if looks_like_markup(text) or "&" in text else text.strip()
    return unescaped(text_of_markup(plain) if looks_like_markup(plain) else plain)


def _address(entry: Any, feed: Any) -> str:
    """Where the entry's page is; a relative link counts from the house's page."""
    for address in (entry.get("link"), entry.get("id"), entry.get("feedburner_origlink")):
        if str(address or "").startswith(("http://", "https://")):
            return str(address)
    link, home = str(entry.get("link") or ""), str(feed.get("link") or "")
    try:
        relative = link and home.startswith(("http://", "https://")) and not urlsplit(link).scheme
        return urljoin(home, link) if relative else ""
    except ValueError:
        return ""


def _name(author: str) -> str:
    """`name` of `mail@host (name)`, and nothing of a bare mail address."""
    found = re.fullmatch(r"\s*\S+@\S+\s*\(([^)]+)\)\s*", author)
    return found.group(1) if found else "" if re.fullmatch(r"\s*\S+@\S+\s*", author) else author
