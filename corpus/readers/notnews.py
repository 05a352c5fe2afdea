"""Tells a saved page that is no article: front page, login, error, cookie wall. Says the evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from corpus.dates import find_dates
from corpus.layout import Page
from corpus.markup import text_of
from corpus.readers.htmlmeta import LISTING_TYPES, PageFacts

_LEAST_TEASERS, _TEASER = 4, 140
_SENTENCE = re.compile(r".{12}[.!?…。！？؟][\"'»”’)]?$|\.{3}$")
ONLY_A_TEASER = "the page shows only the beginning: the rest is for subscribers"


@lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern[str]]:
    rows = yaml.safe_load((Path(__file__).parent / "notnews.yaml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in rows.items()}


def why_not_news(root: Any, facts: PageFacts, title: str, blocks: list[tuple[str, str]], page_text: str) -> str | None:
    """The evidence that a page is no article, or None when it may be one."""
    prose = [text for name, text in blocks if name in ("p", "quote") and (len(text) >= 80 or _ends_sentence(text))]
    words = sum(map(_length, prose))
    heads = f"{facts.first('page_title')}\n{title}\n{facts.first('h1')}"
    known = _words()
    if words < 1200 and any(known["error"].search(line.strip()) for line in heads.split("\n")):
        return f"an error page: {title or facts.first('page_title')!r}"
    asks = words < 1200 and not facts.is_article and root.find(".//input[@type='password']") is not None
    if asks and (any(known["login"].search(line.strip()) for line in heads.split("\n")) or not prose):
        return "a login page: it asks for a password and has no article"
    bare = words < 400 and not facts.is_article and not facts.found.get("published")
    if bare and any(known["script"].search(text) for _, text in blocks[:3]):
        return "a page without its scripts: it asks for JavaScript"
    if bare and any(known["offer"].search(line.strip()) for line in heads.split("\n")):
        return f"an offer of subscriptions: {title!r}"
    about = sum(len(text) for _, text in blocks if known["wall"].search(text))
    told = not facts.is_article and words < 3000 and about > 0.6 * sum(len(text) for _, text in blocks)
    if told and len(known["wall"].findall(page_text)) >= 4:
        return "a cookie or consent wall: most of its text is about data protection"
    return _listing(root, facts, words, page_text, blocks)


def why_page_is_no_news(page: Page) -> str | None:
    """The evidence that a page of text is no article, or None when it may be one; the words of `notnews.yaml` tell."""
    known = _words()
    title = page.title.value if page.title else ""
    words = sum(map(_length, page.body))
    if words < 1200 and page.date is None and known["error"].search(title):
        return f"an error page: {title!r}"
    if words < 1200 and known["login"].search(title) and not page.date:
        return f"a login page: {title!r}"
    about = sum(_length(text) for text in page.body if known["wall"].search(text))
    kinds = {found.casefold()[:6] for text in (title, *page.body) for found in known["wall"].findall(text)}
    shown = "\n".join((title, *page.body, *(lost.text for lost in page.stripped)))
    told = about > 0.6 * words and len(kinds) >= 2 and len(known["wall"].findall(shown)) >= 4
    if page.date is None and words < 3000 and told:
        return "a cookie or consent wall: most of its text is about data protection"
    teasers = _teasers(page)
    if known["search"].search(title) and (teasers or words < 600):
        return f"a page of search results: {title!r}"
    return teasers


def _teasers(page: Page) -> str | None:
    """Evidence of a list of teasers: headings with one short sentence each, and a link or a date after each of them."""
    prose = [bool(_SENTENCE.search(text)) for text in page.body]
    sentences = [_length(text) for text, ends in zip(page.body, prose, strict=True) if ends]
    headings = sum(not ends and _length(text) < _TEASER // 2 for text, ends in zip(page.body, prose, strict=True))
    if (
        len(sentences) < _LEAST_TEASERS
        or headings < len(sentences) - 1
        or any(one and two for one, two in pairwise(prose))
    ):
        return None
    again = Counter(" ".join(lost.text.split()) for lost in page.stripped if len(lost.text) < 30)
    links = max(again.values(), default=0)
    dates = sum(bool(find_dates(text)) for text in page.body if len(text) < 40)
    if sum(sentences) / len(sentences) < _TEASER and max(links, dates) >= len(sentences) - 1:
        return f"a page of links, no article: {len(sentences)} headings with one sentence each"
    return None


def is_for_subscribers(texts: Iterable[str]) -> bool:
    """Whether one of the lines that a page shows says that the rest of the article is for subscribers."""
    notice = _words()["paywall"]
    return any(notice.search(text) for text in texts if len(text) < 300)


def _listing(root: Any, facts: PageFacts, words: int, page_text: str, blocks: list[tuple[str, str]]) -> str | None:
    """A page of links: declared a collection, at the root of its site, mostly link text, with little prose."""
    if facts.is_article and words >= 200:
        return None
    linked = sum(len(text_of(link)) for link in root.iter("a"))
    density = linked / max(1, len(page_text))
    listed = len(list(root.iter("article"))) + len(list(root.iter("h2"))) + len(list(root.iter("h3")))
    signs = []
    if (facts.types & LISTING_TYPES or facts.og_type == "profile") and not facts.is_article:
        signs.append("it declares itself a collection")
    path = _path(facts.first("url"))
    if not path:
        signs.append("its address is the front page's")
    if facts.og_type == "website" and not facts.is_article:
        signs.append("Open Graph calls it a website, not an article")
    if density > 0.55:
        signs.append(f"{density:.0%} of its text is links")
    if listed > 12 and not facts.found.get("published"):
        signs.append(f"{listed} headings and no date of publication")
    if words < 120 and not facts.is_article:
        signs.append("no paragraph of prose" if not words else "hardly any prose")
    weak = (words > 2500 or _longest_run(blocks) >= 4) and not facts.types & LISTING_TYPES
    enough = 3 if facts.is_article or weak else 2
    if len(signs) >= enough:
        return "a page of links, no article: " + "; ".join(signs)
    return None


def _path(url: str) -> str:
    """The path of an address without a slash at its end; `?` for none and for what is no address."""
    try:
        return urlsplit(url).path.rstrip("/") if url else "?"
    except ValueError:
        return "?"


def _longest_run(blocks: list[tuple[str, str]]) -> int:
    """The most paragraphs of prose that follow each other: teasers have headings between them."""
    longest = run = 0
    for name, text in blocks:
        run = run + 1 if name in ("p", "quote") and _length(text) >= 120 and _ends_sentence(text) else 0
        longest = max(longest, run)
    return longest


def _length(text: str) -> int:
    """Length of a text in Latin letters; a Chinese or Japanese character counts for three."""
    return len(text) + 2 * sum("\u3040" <= char <= "\u9fff" for char in text)


def _ends_sentence(text: str) -> bool:
    return len(text) > 30 and text.rstrip("\"'»”’)").endswith((".", "!", "?", "…", "。", "！", "？", "؟"))
