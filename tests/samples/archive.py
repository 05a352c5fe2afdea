"""The demo archive's files as plain text, without newsdex's own readers: what the gold table is checked against."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import yaml

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
Entry = dict[str, Any]


@cache
def gold() -> dict[str, list[Entry]]:
    """gold.yaml: {"articles": [...], "broken": [...]}."""
    table: dict[str, list[Entry]] = yaml.load((SAMPLES / "gold.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return table


def originals() -> list[Entry]:
    """Every article once: no wire copies, no feed items that repeat a page."""
    return [entry for entry in gold()["articles"] if "copy_of" not in entry and "same_as" not in entry]


def label(entry: Entry) -> str:
    """A test's name for an entry: its file, and the record's number where the file holds several."""
    return f"{entry['file']}:{entry['member']}" if "member" in entry else str(entry["file"])


def found(entry: Entry) -> Entry:
    """title, section, published (as the file writes it) and body (a list of paragraphs) of one entry's article."""
    path = SAMPLES / entry["file"]
    reader = {".txt": _dump, ".html": _page, ".jsonl": _record, ".rss": _item}[path.suffix]
    return reader(path.read_text("utf-8"), entry)


def _dump(text: str, entry: Entry) -> Entry:
    head, title, *rest = text.split("\n\n")
    *_, section, stamp = head.splitlines()
    body = rest[: entry["paragraphs"]]
    body[-1], *footer = body[-1].splitlines()
    crawled = head.splitlines()[2]
    return {"title": title, "section": section, "published": stamp, "body": body, "footer": footer, "crawled": crawled}


def _page(text: str, entry: Entry) -> Entry:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    heading = re.search(r"<h1>(.*?)</h1>", text)
    assert block
    assert heading
    data = json.loads(block[1])
    news = next(node for node in data.get("@graph", [data]) if node["@type"] == "NewsArticle")
    article = text[text.index("<article") : text.index("</article>")]
    body = [
        html.unescape(p) for p in re.findall(r"<p(?: class=\"[a-z]+\")?>(.*?)</p>", article[article.index("</time>") :])
    ]
    assert html.unescape(heading[1]) == news["headline"]
    return {
        "title": news["headline"], "section": news["articleSection"], "published": news["datePublished"],
        "language": news["inLanguage"], "url": news["mainEntityOfPage"], "body": body,
    }  # fmt: skip


def _record(text: str, entry: Entry) -> Entry:
    record: Entry = json.loads(text.splitlines()[entry["member"] - 1])
    return {**record, "body": record["body"].split("\n\n")}


def _item(text: str, entry: Entry) -> Entry:
    item = ElementTree.fromstring(text).findall("channel/item")[entry["member"] - 1]
    marked = item.findtext(_CONTENT) or item.findtext("description") or ""
    return {
        "title": item.findtext("title"), "section": item.findtext("category"), "published": item.findtext("pubDate"),
        "url": item.findtext("link"), "body": [html.unescape(p) for p in re.findall(r"<p>(.*?)</p>", marked)],
    }  # fmt: skip
