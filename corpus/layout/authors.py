"""Who signs an article: names behind a word such as `by`, behind a link to an author, or alone near its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.languages import LanguagePack, fold_key
from corpus.layout.lines import Line
from corpus.layout.marks import marks
from corpus.layout.names import byline_names, byline_words, is_person, people_in
from corpus.layout.stamps import dates_on

_PARTS = re.compile(
    r"\s*[|·•\u3000]\s*|\s{2,}|\s+[–—/-]+\s+|(?<=[^\W\d_]):\s+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
_PROFILE = re.compile(
    r"\[([^\[\]]{3,60})\]\([^()\s]*/(?:authors?|auto(?:r|rs|ren|res|ri)|auteurs?|by|people|staff|profiles?|writers?|reporters?|"
    r"contributors?|journalists?e?s?|columnists?|redakt\w+|redac\w+|avtor\w*|author_id)/[^()\s]+",
    re.I,
)
"""A link of Markdown to the page of an author."""
_ABOVE, _INTO, _BEHIND = 3, 10, 15
"""So many lines above title and date, into the body and behind it a byline may stand."""
_NEAR, _NEAR_DAY, _MOST = 8, 2, 8
_SMALL = re.compile(r"(?<=\w)\s+(?:in|on|at|mit|um|em|en|dans|w|в|у)\s")
"""What follows a name on a line with a date: the section, the hour."""
_ROW = 3
"""So many lines in a row that could be names are a menu."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The names, the rule that found them and the indexes of the lines they stand on, at least one."""

    names: tuple[str, ...]
    rule: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of an article stand among its lines: indexes; `first` to `last` are the body."""

    title: int | None
    date: int | None
    first: int
    last: int

    @property
    def top(self) -> int:
        places = [place for place in (self.title, self.date) if place is not None]
        return max(0, min(places, default=self.first) - _ABOVE)


def signed_by(lines: Sequence[Line], place: Place, pack: LanguagePack) -> Signed | None:
    """Who signs the article of a page, by the strongest sign."""
    above = range(place.top, min(len(lines), place.first + _INTO))
    behind = range(min(len(lines), place.last - 1), min(len(lines), place.last + _BEHIND))
    return (
        _linked(lines, above, pack)
        or _said(lines, above, place, pack)
        or _alone(lines, above, place, pack)
        or _said(lines, behind, place, pack)
    )


def _linked(lines: Sequence[Line], places: range, pack: LanguagePack) -> Signed | None:
    names: dict[str, int] = {}
    for index in places:
        if "](" in lines[index].raw and not lines[index].prose:
            for text in _PROFILE.findall(" ".join(lines[index].raw.split())):
                if is_person(name := text.strip(" *_"), pack):
                    names.setdefault(name, index)
    return Signed(tuple(names), "link to an author", tuple(dict.fromkeys(names.values()))) if names else None


def _said(lines: Sequence[Line], places: range, place: Place, pack: LanguagePack) -> Signed | None:
    """The first names behind a word that says so, on its line or on the next, with those that are joined to them."""
    for index in places:
        line = lines[index]
        if line.prose or index == place.title:
            continue
        names = _on_line(line, pack)
        used = [index]
        if not names and index + 1 < len(lines) and _announces(line, pack):
            names, used = people_in(_undated(lines[index + 1], pack)[0], pack), [index, index + 1]
        if names:
            more, others = _joined(lines, used[-1] + 1, pack)
            return Signed(tuple(dict.fromkeys((*names, *more))), "byline", (*used, *others))
    return None


def _on_line(line: Line, pack: LanguagePack) -> tuple[str, ...]:
    """The authors a line names, alone, in one of its parts (`14 March | By Anna Berg | News`) or beside a date."""
    beside = _undated(line, pack) if line.dates else []
    parts = [line.text, *_PARTS.split(line.text), *(part for text in beside for part in (text, *_PARTS.split(text)))]
    parts += [_SMALL.split(part, maxsplit=1)[0] for part in parts[-len(beside) :]] if beside else []
    return next((names for part in parts if (names := byline_names(part, pack))), ())


def _announces(line: Line, pack: LanguagePack) -> bool:
    """Whether a line is a word that comes before a name, and no more than three before that (`Column by`)."""
    words = fold_key(line.text).strip(" :|*").split()
    known = byline_words(pack.iso)
    return bool(words) and len(words) <= 4 and (words[-1] in known or " ".join(words) in known)


def _joined(lines: Sequence[Line], start: int, pack: LanguagePack) -> tuple[list[str], list[int]]:
    """More names on the lines below: behind a comma or `and` that stands alone, the writer's office left out."""
    names: list[str] = []
    used: list[int] = []
    joined = False
    for index in range(start, min(len(lines), start + _MOST)):
        text = lines[index].text.strip()
        if text in (",", "&") or text.casefold() in marks().joins:
            joined = True
        elif joined and is_person(text.strip(" ,"), pack):
            names.append(text.strip(" ,"))
            used += [index]
            joined = text.endswith(",")
        elif not marks().writer.search(text):
            break
    return names, used


def _alone(lines: Sequence[Line], places: range, place: Place, pack: LanguagePack) -> Signed | None:
    """A name without a word before it, which neither the title nor the body says again, but to tell who it is."""
    told = [lines[index].text.casefold() for index in range(place.first, place.last + 1) if lines[index].prose]
    told += [lines[place.title].text.casefold()] if place.title is not None else []
    for index in places:
        line = lines[index]
        if index == place.title or line.prose or not _is_near(index, place, pack, line) or _in_row(lines, index, pack):
            continue
        names = next((found for part in _parts_of(line, pack) if (found := _people(part, pack))), ())
        if names and not any(_is_told(name.casefold(), text) for name in names for text in told):
            return Signed(names, "name line", (index,))
    return None


def _is_told(name: str, text: str) -> bool:
    """Whether a sentence speaks of somebody, other than to say what the writer does (`Anna Berg is a reporter`)."""
    return bool(re.search(rf"\b{re.escape(name.split()[-1])}\b", text)) and not text.lstrip("*•– ").startswith(name)


def _is_near(index: int, place: Place, pack: LanguagePack, line: Line) -> bool:
    """Whether a line stands below the title or beside the date; above the title right beside it or with it alone."""
    away = abs(index - place.date) if place.date is not None else _MOST
    if place.title is not None and index < place.title:
        return away == 1 or bool(dates_on(line, pack.iso))
    return away <= _NEAR_DAY or (place.title is not None and index <= place.title + _NEAR)


def _in_row(lines: Sequence[Line], index: int, pack: LanguagePack) -> bool:
    """Whether a line is one of several in a row that have the look of a name."""
    row = 1
    for step in (-1, 1):
        near = index + step
        while 0 <= near < len(lines) and row < _ROW and is_person(lines[near].text, pack):
            row, near = row + 1, near + step
    return row >= _ROW


def _parts_of(line: Line, pack: LanguagePack) -> Iterator[str]:
    """What may be a name on a line: all of it, what stands beside a date, or what signs part."""
    for text in _undated(line, pack):
        yield text
        yield from _PARTS.split(text)


def _undated(line: Line, pack: LanguagePack) -> list[str]:
    """A line's text before, between and after the dates on it; the whole line when there is none."""
    dates = dates_on(line, pack.iso)
    ends = [0, *(end for date in dates for end in (date.start, date.end)), len(line.text)]
    return [line.text[first:end].strip(" ,|·•/–—-") for first, end in zip(ends[::2], ends[1::2], strict=True)]


def _people(text: str, pack: LanguagePack) -> tuple[str, ...]:
    names = people_in(text, pack)
    return names if names and all(is_person(name, pack) for name in names) else ()
