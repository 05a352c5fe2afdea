"""Who signs a saved page that names its authors in no field of its markup: the element that is styled as its byline."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.dates import find_dates
from corpus.languages import LanguagePack
from corpus.layout import byline_names
from corpus.layout.names import is_name
from corpus.markup import text_of

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|authors|writer|reporter|autor|auteur|autore|signature)(?:$|[\s_-])", re.I
)
_ELSEWHERE = re.compile(
    r"comment|related|teaser|sidebar|recommend|popular|trending|most-?read|newsletter|footer|promo|widget|bio(?:$|[\s_-])",
    re.I,
)
_STATE = re.compile(r"(?<!\S)(?:has|hasnt|have|no|not|is|isnt|with|without)-\S*", re.I)
"""Classes that say what an element has or has not, not what it is."""
_AUTHORS_PAGE = re.compile(
    r"/(?:authors?|writers?|by|people|staff|journalist(?:e|es|s|en|i|as)?|reporters?|contributors?|columnists?|profile|"
    r"autor(?:en|es|i|zy)?|auteurs?|redact(?:eurs?|or(?:es)?)|redakteure?|firmas?|avtory?|authors?-page)/[^/?#]",
    re.I,
)
_LONGEST = 120
_A_PARAGRAPH = 200
_PARTED = re.compile(r"\s*[|•·\n]\s*")
_WIDE = re.compile("[\u3040-\u9fff]")
"""A Chinese or Japanese name without a word before it may be a house's."""
_TITLED = re.compile(r",\s.*$")
"""The writer's place in the house, after the name."""


def signed_by(root: Any, pack: LanguagePack) -> list[str]:
    """The names in the first element of a page marked as byline, links to an author first; none when it has no name."""
    for node in (*_links(root), *_styled(root)):
        text = text_of(node)
        if not 3 <= len(text) <= _LONGEST or _is_elsewhere(node):
            continue
        linked = [name for link in node.iter("a") if _is_person(name := text_of(link))]
        named = linked or next(
            (names for part in (text, *_PARTED.split(text)) if (names := _named(part, pack))), []
        )
        if named:
            return named
    return _by_address(root)


def _named(text: str, pack: LanguagePack) -> list[str]:
    text = _without_date(text, pack)
    name = _TITLED.sub("", text)
    return list(byline_names(text, pack)) or [name] * _is_person(name)


def _is_person(name: str) -> bool:
    return is_name(name) and ":" not in name and not _WIDE.search(name)


def _without_date(text: str, pack: LanguagePack) -> str:
    """What stands before a date, a weekday, or a month with its day (`March 18 at 5:00`)."""
    found = find_dates(text, languages=(pack.iso,)) if any(map(str.isdigit, text)) else []
    words = (text[: found[0].start] if found else text).split()
    days = _bare(pack.dates.weekdays)
    months = _bare(pack.dates.months) if any(word[:1].isdigit() for word in words) else frozenset()
    return " ".join(itertools.takewhile(lambda word: word.casefold().strip(".,") not in days | months, words))


def _bare(rows: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word.rstrip(".") for row in rows for word in row)


def _links(root: Any) -> Iterator[Any]:
    return (node for node in root.iter("a") if "author" in (node.get("rel") or "").lower().split())


def _styled(root: Any) -> Iterator[Any]:
    for node in root.iter(
        "a", "address", "cite", "div", "em", "h4", "h5", "li", "p", "section", "small", "span", "strong", "ul"
    ):
        if _BYLINE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            yield node


def _by_address(root: Any) -> list[str]:
    """The persons whose links, between heading and text, lead to a page of an author."""
    below = False
    for node in root.iter("h1", "p", "a"):
        below = below or node.tag == "h1"
        if below and node.tag == "p" and len(text_of(node)) > _A_PARAGRAPH:
            break
        if below and node.tag == "a" and _is_authors(node) and not _is_elsewhere(node):
            beside = node.getparent().iter("a")
            return [text_of(one) for one in beside if _is_authors(one)]
    return []


def _is_authors(link: Any) -> bool:
    return bool(_AUTHORS_PAGE.search(link.get("href") or "")) and _is_person(text_of(link))


def _is_elsewhere(node: Any) -> bool:
    marked = (one for one in (node, *node.iterancestors()) if one.tag not in ("html", "body"))
    return any(
        one.tag in ("aside", "footer")
        or _ELSEWHERE.search(_STATE.sub("", f"{one.get('class') or ''} {one.get('id') or ''}"))
        for one in marked
    )
