"""What a saved page says of itself: JSON-LD, Open Graph and other meta elements, microdata, `<time>`, `<link>`."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from corpus.markup import names, text_of

ARTICLE_TYPES = names(
    """article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle
    reviewnewsarticle askpublicnewsarticle advertisercontentarticle satiricalarticle report blogposting
    liveblogposting socialmediaposting techarticle scholarlyarticle medicalscholarlyarticle"""
)
LISTING_TYPES = names("collectionpage searchresultspage profilepage contactpage aboutpage checkoutpage")
_JSON_LD = re.compile(r"ld\+json", re.I)
_MAX_NODES = 5000


@dataclass(slots=True)
class PageFacts:
    """Candidates for each field, the most trusted first: (value, rule, path)."""

    found: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    authors: list[tuple[list[str], str, str]] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    og_type: str = ""

    def add(self, name: str, value: Any, rule: str, path: str) -> None:
        text = " ".join(html.unescape(value).split()) if isinstance(value, str) else ""
        if text:
            self.found.setdefault(name, []).append((text, rule, path))

    def first(self, name: str) -> str:
        return self.found[name][0][0] if self.found.get(name) else ""

    @property
    def is_article(self) -> bool:
        return bool(self.types & ARTICLE_TYPES) or self.og_type == "article"


def page_facts(root: Any, base: str | None = None) -> PageFacts:
    """All that the page's markup says of its article, JSON-LD before meta elements before microdata."""
    facts = PageFacts()
    _json_ld(root, facts)
    _metas(root, facts)
    _microdata(root, facts)
    _elements(root, facts)
    for name in ("url",):
        facts.found[name] = [(urljoin(base or "", v), r, p) for v, r, p in facts.found.get(name, [])]
    return facts


# JSON-LD (schema.org): https://schema.org/NewsArticle


def _json_ld(root: Any, facts: PageFacts) -> None:
    nodes: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if _JSON_LD.search(script.get("type") or ""):
            nodes += list(_nodes(_loads("".join(script.itertext()))))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        facts.types |= _types(node)
    articles = [node for node in nodes if _types(node) & ARTICLE_TYPES]
    articles.sort(key=lambda node: (not node.get("headline"), not node.get("datePublished")))
    for node in articles[:1]:
        _article_node(node, by_id, facts)
    for node in nodes:
        if _types(node) & {"webpage", "itempage", "videoobject"} and not articles:
            _article_node(node, by_id, facts)


def _article_node(node: dict[str, Any], by_id: dict[str, Any], facts: PageFacts) -> None:
    kind = next((name for name in _as_list(node.get("@type")) if isinstance(name, str)), "Article")
    for name, keys in (
        ("title", ("headline", "name", "alternativeHeadline")),
        ("published", ("datePublished", "dateCreated", "uploadDate", "dateModified")),
        ("changed", ("dateModified",)),
        ("section", ("articleSection",)),
        ("language", ("inLanguage",)),
        ("url", ("mainEntityOfPage", "url", "@id")),
        ("source", ("publisher", "sourceOrganization")),
        ("body", ("articleBody",)),
    ):
        for key in keys:
            value = _first_text(node.get(key), by_id, "@id" if name == "url" else "name")
            if name == "url" and not value.startswith(("http://", "https://")):
                continue
            facts.add(name, value, "json-ld", f"{kind}.{key}")
    for key in ("author", "creator"):
        people = [_first_text(item, by_id, "name") for item in _as_list(node.get(key))]
        people = [html.unescape(name).strip() for name in people if name and not name.startswith("http")]
        if people:
            facts.authors.append((people, "json-ld", f"{kind}.{key}"))


def _loads(text: str) -> Any:
    """JSON as pages hold it: within comments or CDATA, with raw line ends in texts."""
    text = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)\s*|\s*(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", "", text
    )
    for attempt in (text, html.unescape(text), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD document that has a type, outermost first; bounded."""
    waiting, seen = [value], 0
    while waiting and seen < _MAX_NODES:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, dict):
            if "@type" in item:
                yield item
            waiting += [child for child in item.values() if isinstance(child, dict | list)]
        elif isinstance(item, list):
            waiting += item


def _types(node: dict[str, Any]) -> set[str]:
    return {str(name).rpartition("/")[2].rpartition(":")[2].lower() for name in _as_list(node.get("@type"))}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first_text(value: Any, by_id: dict[str, Any], key: str) -> str:
    for item in _as_list(value):
        if isinstance(item, str):
            if item.strip():
                return by_id[item].get(key, "") if item in by_id and key == "name" else item
        elif isinstance(item, dict):
            node = {**by_id.get(str(item.get("@id")), {}), **item}
            text = next(
                (node[name] for name in (key, "name", "url", "alternateName") if isinstance(node.get(name), str)), ""
            )
            if text:
                return str(text)
        elif isinstance(item, int | float):
            return str(item)
    return ""


# Meta elements: Open Graph (ogp.me), Dublin Core, and names that houses use

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title", "headline"),
    "published": (
        "article:published_time", "og:article:published_time", "og:published_time", "parsely-pub-date",
        "datepublished",
        "sailthru.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date", "pubdate",
        "publishdate", "publish-date", "publish_date", "publication_date", "article.published",
        "cxenseparse:recs:publishtime",
        "article:published", "date", "last-modified", "article:modified_time",
        "mediator_published_time", "weibo:article:create_at",
    ),
    "changed": ("article:modified_time", "og:updated_time", "last-modified", "dc.date.modified", "dcterms.modified"),
    "section": (
        "article:section", "og:article:section", "parsely-section", "section", "cxenseparse:category", "category",
    ),
    "source": ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "copyright"),
    "url": ("og:url", "parsely-link", "twitter:url"),
    "language": ("og:locale", "dc.language", "dcterms.language", "content-language", "language"),
}  # fmt: skip
_META_AUTHORS = ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator",
                 "dcterms.creator", "byl", "cxenseparse:author", "mediator_author")  # fmt: skip


def _metas(root: Any, facts: PageFacts) -> None:
    values: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        key = (
            (meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or "")
            .strip()
            .lower()
        )
        if key and (meta.get("content") or "").strip():
            values.setdefault(key, []).append(meta.get("content"))
    facts.og_type = (values.get("og:type") or [""])[0].strip().lower()
    for name, keys in _META.items():
        for key in keys:
            for value in values.get(key, [])[:1]:
                facts.add(name, value, "open-graph" if key.startswith(("og:", "article:")) else "meta", key)
    for key in _META_AUTHORS:
        people = [name.strip() for value in values.get(key, []) for name in re.split(r"\s*[,;|]\s*", value)]
        people = [name for name in people if name and not re.match(r"https?://|www\.|@", name)]
        if people:
            facts.authors.append((people, "meta", key))


def _microdata(root: Any, facts: PageFacts) -> None:
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        for kind in (node.get("itemtype") or "").split():
            facts.types.add(kind.rpartition("/")[2].lower())
        prop = (node.get("itemprop") or "").lower()
        if not prop or node.tag == "meta":
            continue
        value = node.get("datetime") or node.get("content") or node.get("href") or ""
        if "headline" in prop:
            facts.add("title", text_of(node), "microdata", "headline")
        elif "datepublished" in prop:
            facts.add("published", value or text_of(node), "microdata", "datePublished")
        elif "articlesection" in prop:
            facts.add("section", node.get("content") or text_of(node), "microdata", "articleSection")
        elif prop == "author":
            named = node.find(".//*[@itemprop='name']")
            name = (named.get("content") or text_of(named)) if named is not None else text_of(node)
            if name and len(name) < 100:
                facts.authors.append(([" ".join(name.split())], "microdata", "author"))


def _elements(root: Any, facts: PageFacts) -> None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            facts.found.setdefault("url", []).insert(0, (link.get("href").strip(), "link", "canonical"))
    for time in root.iter("time"):
        stamp = time.get("datetime") or text_of(time)
        first = time.get("pubdate") is not None or "publ" in (time.get("class") or "").lower()
        facts.add("time", stamp, "time", "time[pubdate]" if first else "time")
    headings = [text_of(node) for node in root.iter("h1")]
    for text in headings:
        facts.add("h1", text, "element", "h1")
    title = root.find(".//head/title")
    if title is not None:
        facts.add("page_title", title.text or "", "element", "title")
    if root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        facts.add(
            "html_lang",
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
            "element",
            "html[lang]",
        )
    feed = root.find(".//body")
    if feed is not None and feed.get("lang"):
        facts.add("html_lang", feed.get("lang"), "element", "body[lang]")
