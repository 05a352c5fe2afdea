"""When a saved page was published: by its markup, else by the date that it shows beside its article.

Title and body are known by then, so the page's lines with a date are weighed by how they stand to these.
"""

from __future__ import annotations

import re

from corpus.dates import FoundDate, find_relative
from corpus.languages import fold_key, pack_or_fallback
from corpus.layout import Page
from corpus.layout.body import score_lines
from corpus.layout.lines import split_lines
from corpus.layout.phrases import phrases_for
from corpus.layout.stamps import beside, choose_date, date_lines
from corpus.readers.draft import Draft
from corpus.readers.htmlmeta import PageFacts
from corpus.readers.language import tell_language

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_PLAINLY, _BARELY = 2.5, 1.2
"""How likely a date beside the article is before it is taken rather than another, or than none."""
_LEAST = 10
"""A shorter line may stand in the body by chance."""


def set_date(draft: Draft, facts: PageFacts, page_text: str, tag: str, shown: Page | None) -> None:
    """Set the date of the markup, else the one shown if the address says no other, else what these two hint at."""
    languages = (tag,) if tag else ()
    for name in ("published", "time"):
        for value, rule, path in facts.found.get(name, []):
            if "modif" not in path.lower() and draft.set_date(value, rule, path=path, languages=languages):
                return
    in_address = _URL_DATE.search(draft.get("url") or "")
    told = _date_shown(draft, page_text, tag, shown)
    if told and (not in_address or told.day == "-".join(in_address.groups())):
        draft.values["precision"] = told.precision
        draft.set("published", told.iso, "date-line")
        return
    if draft.source_file.captured:
        for line in page_text.split("\n")[:200]:
            found_then = (
                find_relative(line, draft.source_file.captured, languages or None) if 0 < len(line) < 60 else []
            )
            if found_then:
                draft.set_date(line, "date told from the capture time", languages=languages)
    if in_address:
        draft.set_date("-".join(in_address.groups()), "address")
    for value, rule, path in facts.found.get("published", []):
        draft.set_date(value, rule, path=path, languages=languages)


def _date_shown(draft: Draft, page_text: str, tag: str, shown: Page | None) -> FoundDate | None:
    """The date beside title and body; where none is plainly theirs, the one that the page as a whole gives."""
    title, body = draft.get("title", ""), draft.get("body", "")
    language = tag or tell_language("", body).code
    plain = date_beside(page_text, title, body, language, least=_PLAINLY)
    return plain or (shown.date if shown else None) or date_beside(page_text, title, body, language, least=_BARELY)


def date_beside(page_text: str, title: str, body: str, tag: str, *, least: float) -> FoundDate | None:
    """The likeliest date near the title or the ends of the body, or None for none that likely.

    `tag` is the language, as `en-GB` where the order of numeric dates is known.
    """
    pack = pack_or_fallback(tag)
    lines = split_lines(page_text, pack.stop_words, broken=False)
    whole = _key(body)
    inside = [n for n, line in enumerate(lines) if len(_key(line.text)) >= _LEAST and _key(line.text) in whole]
    if not inside:
        return None
    score_lines(lines, phrases_for(tag), pack, ())
    wanted = fold_key(title)
    first = inside[0]
    above = [n for n, line in enumerate(lines) if n <= first and fold_key(line.text) == wanted]
    hits = beside(date_lines(lines, first, inside[-1], pack, tag), above[-1] if above else None)
    best = choose_date(hits, least)
    return best.found if best else None


def _key(text: str) -> str:
    return "".join(text.split())
