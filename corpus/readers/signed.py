"""Who signs a saved page that names its authors in no field of its markup: the element that is styled as its byline."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from corpus.dates import find_dates
from corpus.languages import LanguagePack
from corpus.layout import byline_names
from corpus.layout.head import is_name
from corpus.markup import text_of

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|authors|writer|reporter|autor|auteur|autore|signature)(?:$|[\s_-])", re.I
)
_ELSEWHERE = re.compile(
    r"comment|related|teaser|sidebar|recommend|popular|trending|most-?read|newsletter|footer|promo|widget|bio(?:$|[\s_-])",
    re.I,
)
_LONGEST = 120
_PARTED = re.compile(r"\s*[|•·\n]\s*")
_WIDE = re.compile("[\u3040-\u9fff]")
"""A Chinese or Japanese name without a word before it may be a house's."""
_TITLED = re.compile(r",\s.*$")
"""The writer's place in the house, after the name."""


def signed_by(root: Any, pack: LanguagePack) -> list[str]:
    """The names in the first element of a page marked as byline, links to an author first; none when it has no name."""
    days = {word.rstrip(".") for row in pack.dates.weekdays for word in row}
    for node in (*_links(root), *_styled(root)):
        text = text_of(node)
        if not 3 <= len(text) <= _LONGEST or _is_elsewhere(node):
            continue
        linked = [name for link in node.iter("a") if _is_person(name := text_of(link))]
        named = linked or next(
            (names for part in (text, *_PARTED.split(text)) if (names := _named(part, pack, days))), []
        )
        if named:
            return named
    return []


def _named(text: str, pack: LanguagePack, days: set[str]) -> list[str]:
    text = _without_date(text, pack, days)
    name = _TITLED.sub("", text)
    return list(byline_names(text, pack)) or [name] * _is_person(name)


def _is_person(name: str) -> bool:
    return is_name(name) and ":" not in name and not _WIDE.search(name)


def _without_date(text: str, pack: LanguagePack, days: set[str]) -> str:
    """What stands before a date or a weekday."""
    found = find_dates(text, languages=(pack.iso,)) if any(map(str.isdigit, text)) else []
    words = (text[: found[0].start] if found else text).split()
    return " ".join(itertools.takewhile(lambda word: word.casefold().strip(".,") not in days, words))


def _links(root: Any) -> Iterator[Any]:
    return (node for node in root.iter("a") if "author" in (node.get("rel") or "").lower().split())


def _styled(root: Any) -> Iterator[Any]:
    for node in root.iter(
        "a", "address", "cite", "div", "em", "h4", "h5", "li", "p", "section", "small", "span", "strong", "ul"
    ):
        if _BYLINE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            yield node


def _is_elsewhere(node: Any) -> bool:
    marked = (one for one in (node, *node.iterancestors()) if one.tag not in ("html", "body"))
    return any(
        one.tag in ("aside", "footer") or _ELSEWHERE.search(f"{one.get('class') or ''} {one.get('id') or ''}")
        for one in marked
    )
