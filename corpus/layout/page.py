"""Puts the parts of a page together: body first, then its head, then what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.article import Dateline, Stripped
from corpus.dates import FoundDate, find_dates
from corpus.languages import LanguagePack, fold_key, pack_or_fallback
from corpus.layout import oneline
from corpus.layout.address import Address
from corpus.layout.authors import Place, signed_by
from corpus.layout.body import best_run, body_lines, extend, mark_thread, score_lines, trim
from corpus.layout.dateline import find_dateline
from corpus.layout.head import page_titles, section_line, title_scores, without_house
from corpus.layout.lines import Line, split_lines
from corpus.layout.marks import marks
from corpus.layout.phrases import phrases_for
from corpus.layout.split import articles_of
from corpus.layout.stamps import DateLine, beside, choose_date, date_lines, dated_lines
from corpus.layout.told import said_at, titles_said_again, told_title

_LINE = re.compile(r"^line (\d+)")
_WHY = {
    "repeated": "repeated on other pages of the source",
    "navigation": "navigation",
    "share": "share button",
    "related": "related links",
    "subscribe": "subscription notice",
    "cookie": "cookie notice",
    "footer": "footer",
    "advertisement": "advertisement",
    "comments": "comments",
    "caption": "picture caption or credit",
    "symbols": "no words",
    "link": "an address",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A value, the rule that found it and the line it stands on."""

    value: str
    rule: str
    line: int


@dataclass(slots=True)
class Page:
    """One article of a page; fields that could not be told are None or empty."""

    title: Field | None = None
    body: tuple[str, ...] = ()
    body_line: int | None = None
    date: FoundDate | None = None
    date_field: Field | None = None
    section: Field | None = None
    authors: tuple[str, ...] = ()
    authors_field: Field | None = None
    dateline: Dateline | None = None
    house: Field | None = None
    stripped: list[Stripped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_page(
    text: str,
    language: str | None = None,
    *,
    repeated: Collection[str] = (),
    slug: str = "",
    offset: int = 0,
    title: str = "",
    address: Address | None = None,
) -> list[Page]:
    """The articles of a page of text, in order; an empty list when nothing on it reads like one.

    `language` is the page's, as a tag (`en-GB`) where the order of numeric dates is known; `repeated` holds lines known
    from other pages of the source; `slug` is the telling part of its address, if known; `offset` is added to line
    numbers (lines of front matter before the text); `title` is the article's when it is known already;
    `address` is the page's own as its links give it: a day in it counts where the page shows none.
    """
    pack = pack_or_fallback(language)
    pieces = oneline.numbered_pieces(text, phrases_for(language), pack)
    shown = "\n".join(piece for _, _, piece in pieces) if pieces else text
    lines = split_lines(shown, pack.stop_words, broken=not oneline.only_line(text))
    if not lines:
        return []
    for line in lines:
        if pieces:
            line.source, line.paragraph = pieces[line.number - 1][0] + offset, pieces[line.number - 1][1]
        line.number += offset
    score_lines(lines, phrases_for(language), pack, repeated)
    mark_thread(lines, dated_lines(lines, pack, language))
    parts = [lines] if pieces else articles_of(lines, pack, language)
    told = oneline.titles_of(text) if pieces else titles_said_again(lines)
    pages = [page for part in parts if (page := _read(part, language, slug, title, told)) is not None]
    if pieces:
        pages = [_as_numbered(page, {line.number: line.source for line in lines}) for page in pages]
    if address and len(pages) == 1 and pages[0].date is None:
        _date_of_address(pages[0], address, offset)
    return pages


def _date_of_address(page: Page, address: Address, offset: int) -> None:
    found = next((date for date in find_dates(address.path) if date.precision == "day"), None)
    if found:
        page.date, page.date_field = found, Field(found.text, "address of the page", address.line + offset)


def _as_numbered(page: Page, numbers: Mapping[int, int]) -> Page:
    """A page of pieces with the numbers of the lines that these stood on."""
    for name in ("title", "date_field", "section", "authors_field", "house"):
        found = getattr(page, name)
        if found is not None:
            setattr(page, name, replace(found, line=numbers[found.line]))
    page.body_line = numbers[page.body_line] if page.body_line else None
    page.stripped = [replace(lost, line=numbers[lost.line]) for lost in page.stripped]
    page.notes = [_LINE.sub(lambda found: f"line {numbers[int(found[1])]}", note) for note in page.notes]
    return page


def _paragraphs(kept: Sequence[Line], pack: LanguagePack) -> tuple[str, ...]:
    """The texts of lines; pieces of one paragraph are put together again."""
    found: list[str] = []
    before = 0
    for line in kept:
        if line.paragraph and line.paragraph == before:
            found[-1] += ("" if pack.cjk else " ") + line.text
        else:
            found.append(line.text)
        before = line.paragraph
    return tuple(found)


def _read(lines: list[Line], language: str | None, slug: str, known: str, told: Sequence[str] = ()) -> Page | None:
    pack = pack_or_fallback(language)
    run = best_run(lines)
    if run is None:
        return _short(lines, language)
    first, last = extend(lines, *trim(lines, *run))
    dates = date_lines(lines, first, last, pack, language)
    titles = title_scores(lines, first, last, dates, pack, slug)
    title = titles[0][1] if titles and titles[0][0] > 2.0 else None
    said = told_title(lines, first, last, told, pack)
    if known:
        title = next((index for _, index in titles if fold_key(lines[index].text) == fold_key(known)), None)
    elif said:
        at = said_at(lines, last, said, dates)
        title = title if at == 0 and title is not None else at
    if title is not None and title >= first:
        first = title + 1
        dates = date_lines(lines, first, last, pack, language)
    page = Page()
    dates = beside(dates, title)
    date = choose_date(dates)
    used = _head(page, lines, title, date, first, last, language)
    while first <= last and (lines[first].number in used or (lines[first].score < 0 and lines[first].kind)):
        first += 1
    kept = [line for line in body_lines(lines, first, last) if line.number not in used]
    page.body = _paragraphs(kept, pack)
    if kept:
        page.body_line = kept[0].number
        page.dateline = find_dateline(kept[0].text, language)
    _leave_out(page, lines, used | {line.number for line in kept}, dates, date)
    return page if page.title or page.body else None


def _head(
    page: Page, lines: list[Line], title: int | None, date: DateLine | None, first: int, last: int, language: str | None
) -> set[int]:
    """Fill in title, date, section and authors; the numbers of the lines they took."""
    pack = pack_or_fallback(language)
    used: set[int] = set()
    named = [lines[0].text] if page_titles(lines) and len(lines) > 1 else []
    if title is not None:
        page.title = Field(lines[title].text, "title-line", lines[title].number)
    elif named:
        page.title = Field(without_house(named[0]), "page-title", lines[0].number)
    if page.title:
        used.add(page.title.line)
    if date is not None:
        line = lines[date.index]
        page.date = date.found
        page.date_field = Field(date.found.text, "date-line", line.number)
        if not line.prose:
            used.add(line.number)
    found = section_line(lines, title, date.index if date else None, first, pack)
    if found:
        page.section = Field(found[1], found[2], lines[found[0]].number)
        used.add(page.section.line)
    top = max(
        0, min([place for place in (title, date.index if date else None) if place is not None], default=first) - 3
    )
    for line in lines[top : first + 1]:
        house = marks().source.search(line.text) if not line.prose else None
        if house and page.house is None:
            page.house = Field(house["name"], "source label", line.number)
    day = date.index if date else None
    signed = signed_by(lines, Place(title, day, first, last), pack)
    if signed:
        line = lines[signed.places[-1]]
        page.authors, page.authors_field = signed.names, Field(line.text, signed.rule, line.number)
        used |= {lines[place].number for place in signed.places}
    return used


def _short(lines: list[Line], language: str | None) -> Page | None:
    """A page with no stretch of prose: a title and a sentence or two, if anything speaks for them."""
    pack = pack_or_fallback(language)
    telling = [line for line in lines if not line.kind and (line.words >= 3 or line.level)]
    if not telling or len(telling) > 12 or len(telling) < 0.4 * len(lines):
        return None
    dates = date_lines(lines, len(lines), len(lines), pack, language)
    date = choose_date(dates)
    rest = [line for line in telling if date is None or line.number != lines[date.index].number]
    if not rest or rest[0].words > 40:
        return None
    page = Page(title=Field(rest[0].text, "first line", rest[0].number), body=tuple(line.text for line in rest[1:]))
    if date is not None:
        page.date, page.date_field = date.found, Field(date.found.text, "date-line", lines[date.index].number)
    page.body_line = rest[1].number if len(rest) > 1 else None
    _leave_out(page, lines, {line.number for line in telling}, dates, date)
    return page


def _leave_out(page: Page, lines: list[Line], used: set[int], dates: Sequence[DateLine], date: DateLine | None) -> None:
    """List every line that no field took, with the reason; dates passed over are told in notes."""
    other = {lines[hit.index].number for hit in dates}
    before = ""
    for line in lines:
        if line.number in used:
            before = ""
            continue
        kind = line.kind or (before if before == "related" else "")
        plain = "another date" if line.number in other else "outside the article"
        page.stripped.append(Stripped(line.number, line.raw.strip("\r\n"), _WHY.get(kind, kind) if kind else plain))
        before = kind
    seen: set[str] = {date.found.iso} if date else set()
    for hit in dates[:8]:
        if hit.found.iso not in seen and lines[hit.index].number not in used:
            seen.add(hit.found.iso)
            page.notes.append(
                f"line {lines[hit.index].number}: {hit.found.iso} is a date of the page, not of the article"
            )
