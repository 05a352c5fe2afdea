"""Which of the wordings that a page gives of its title is the headline of its article.

A house often writes three: for social networks (Open Graph), for search engines (JSON-LD, the title element), and on
the page (`h1`). On saved pages of 40 houses the first was most often what the house itself counts as the title, so it
is taken unless the others speak against it together; see `_outvoted`.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.readers.draft import MAX_TITLE, one_line
from corpus.readers.htmlmeta import PageFacts

_TAIL = re.compile(r"(?:\s+[|–—·•:»-]|[|｜])\s+(?=[^|–—·•»]{2,60}$)")
_PARTS = re.compile(r"\s*[:|–—·•»]\s+|\s+-\s+")
_MARK = re.compile(r"\s+[-–—:·•»]\s|\s?[|｜_：]|(?<=[\u3040-\u9fff？！?!”）])\s?[-–—]+|--")
"""What may stand between a title and the names behind it."""
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟″«»", '"') | {"\xad": None, "\u200b": None})
_KICKER = re.compile(r"[^'\"‘’“”„«»]{2,45}")
_LEAST = 20
"""A shorter beginning of a title may be a kicker, not the title."""

Wording = tuple[str, str, str]
"""A wording, the rule that found it, its path."""


def headline(facts: PageFacts, heading: str = "", shown_lines: Collection[str] = ()) -> Wording:
    """(title, rule, path) of the page.

    `heading` is the first of the body's, for a page that tells no title; `shown_lines` are those that the page shows.
    """
    site = facts.first("source").casefold()
    shown = facts.found.get("h1", [])
    named = [
        *facts.found.get("title", []),
        *(shown if len(shown) == 1 else []),
        *facts.found.get("page_title", []),
        *shown,
    ]
    all_wordings = [(without_site(value, site), rule, path) for value, rule, path in named]
    wordings = [item for item in all_wordings if item[0] and item[0].casefold() != site]
    if not wordings:
        return heading, "trafilatura", "head"
    best = next((item for item in wordings if item[2] == "og:title"), wordings[0])
    best = _outvoted(best, wordings) or best
    best = next((item for item in wordings if _is_cut_at_quote(best[0], item[0])), best)
    best = _without_names(best, wordings, shown_lines)
    return _without_kicker(best, wordings)


def without_site(title: str, site: str) -> str:
    """A title without the name of its house after the last bar or dash."""
    tails = list(_TAIL.finditer(title))
    if tails and site:
        tail = title[tails[-1].end() :].strip().casefold()
        if tail in site or site in tail:
            title = title[: tails[-1].start()]
    return one_line(title)


def plain(text: str) -> str:
    """A wording with the kinds of quotation marks and of spaces made one, for comparing."""
    return " ".join(text.translate(_QUOTES).casefold().split())


def _outvoted(best: Wording, wordings: list[Wording]) -> Wording | None:
    """JSON-LD's headline where Open Graph's title has no support on the page and the headline has.

    Either each of Open Graph and `h1` stands alone while the headline is the title element's too, or the page shows the
    headline as its `h1` while Open Graph repeats the title element, which is written for tabs and search engines.
    """
    if best[2] != "og:title":
        return None
    given = next((item for item in wordings if item[2].endswith(".headline")), None)
    if given is None or plain(given[0]) == plain(best[0]):
        return None
    shown = {plain(text) for text, _, path in wordings if path == "h1"}
    tab = next((plain(text) for text, _, path in wordings if path == "title"), "")
    mine, theirs = plain(best[0]), plain(given[0])
    alone = mine not in shown and theirs not in shown and tab.startswith(theirs)
    printed = mine not in shown and theirs in shown and tab == mine
    return given if alone or printed else None


def _is_cut_at_quote(title: str, whole: str) -> bool:
    """Whether a title ends where another wording has a quotation mark: it stood in an attribute and was not escaped."""
    return len(whole) > len(title) + 2 and whole.startswith(title) and whole[len(title) :].lstrip().startswith('"')


def _without_names(best: Wording, wordings: list[Wording], lines: Collection[str]) -> Wording:
    """The title without the names of section, house or author at its end, where the page words it so elsewhere."""
    known: dict[str, Wording | None] = dict.fromkeys(map(plain, lines))
    known |= {plain(item[0]): item for item in reversed(wordings) if item[2] != best[2] and not item[0].isupper()}
    for mark in _MARK.finditer(best[0][:MAX_TITLE]):
        beginning, rest = best[0][: mark.start()].rstrip(), best[0][mark.end() : MAX_TITLE].lstrip()
        is_name = not rest[:1].islower() or bool(_HOST.fullmatch(rest))
        if is_name and _width(beginning) > max(_LEAST, _width(best[0]) / 2) and plain(beginning) in known:
            return known[plain(beginning)] or (beginning, best[1], best[2])
    return best


def _width(text: str) -> int:
    """Length in Latin letters; a Chinese or Japanese character counts for two."""
    return len(text) + sum("\u3040" <= char <= "\u9fff" for char in text)


def _without_kicker(best: Wording, wordings: list[Wording]) -> Wording:
    """What the title and the `h1` both hold after kickers that differ (`Storm: Roofs gone`, `Night – Roofs gone`)."""
    parts = _PARTS.split(best[0], maxsplit=1)
    if len(parts) != 2 or len(parts[1]) <= _LEAST or not _KICKER.fullmatch(parts[0]):
        return best
    for text, _, path in wordings:
        others = _PARTS.split(text, maxsplit=1) if path == "h1" else []
        if len(others) == 2 and plain(others[1]) == plain(parts[1]) and plain(others[0]) != plain(parts[0]):
            return (parts[1], best[1], best[2])
    return best
