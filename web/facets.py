"""The facets as the page shows them: panels of rows, each with what a click on it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for

from indexer.results import DateValue, FacetValue, SearchResults
from web.i18n import gettext, language_name, ngettext
from web.links import Links, between, quoted, shut_out
from web.when import part, spoken

ENTITY_TYPES = ("person", "place", "organisation")
ASKED = 40
"""Values asked of the search side for each facet, so that each type of entity has some."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value: `only` leads to the search with this value alone (its count is the number of hits there), `out` to
    the one without it."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    only: str
    out: str
    rows: tuple[Row, ...] = ()

    @property
    def touched(self) -> bool:
        return self.selected or self.excluded or any(row.touched for row in self.rows)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading of their own (a type of entity), or all rows of a facet."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet. `words` is what it is searched for inside, `everything` the page with all its values."""

    name: str
    title: str
    groups: tuple[Group, ...]
    words: str = ""
    everything: str = ""
    more: bool = False
    open: bool = True
    touched: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class DateRow:
    value: str
    label: str
    count: int
    selected: bool
    href: str
    rows: tuple[DateRow, ...]

    @property
    def open(self) -> bool:
        return self.selected or bool(self.rows)


def shown_at_once(name: str, size: int) -> int:
    """Values shown of a facet of which `size` are wanted; what is chosen comes on top."""
    # entities have three types with a list each, topics are what an archive is looked through by
    return {"entity": -(-size * 3 // 4), "category": size + 2, "author": -(-size * 3 // 4)}.get(name, size)


def facet_title(name: str) -> str:
    """What a facet is called."""
    return {
        "category": gettext("Topic"),
        "section": gettext("Section"),
        "entity": gettext("People, places, organisations"),
        "language": gettext("Language"),
        "source": gettext("Source"),
        "author": gettext("Author"),
        "date": gettext("Date"),
        "story": gettext("Story"),
    }[name]


def type_title(kind: str | None) -> str:
    """What a type of entity is called, in the plural."""
    titles = {
        "person": gettext("People"),
        "place": gettext("Places"),
        "organisation": gettext("Organisations"),
    }
    return titles.get(kind or "", gettext("Others"))


def type_name(kind: str | None) -> str:
    """What an entity of a type is."""
    names = {"person": gettext("person"), "place": gettext("place"), "organisation": gettext("organisation")}
    return capital(names.get(kind or "", gettext("Others")))


def label_of(name: str, value: FacetValue, ui: str) -> str:
    """The value's label in the reader's language."""
    if name == "language":
        return gettext("not determined") if value.value == "und" else language_name(value.value, ui)
    return capital(value.label) if name == "category" else value.label or value.value


def capital(label: str) -> str:
    """The label with a capital: topics stand at the head of lists as well as in them."""
    return label[:1].upper() + label[1:]


def rows_of(name: str, values: Sequence[FacetValue], links: Links, ui: str) -> list[Row]:
    """Rows in the order of the values, without children."""
    onlies, exclusions = links.onlies(name), links.exclusions(name)
    rows = []
    for value in values:
        key = quoted(value.value)
        rows.append(
            Row(
                value.value,
                label_of(name, value, ui),
                value.count,
                value.selected,
                value.excluded,
                onlies + key,
                links.to(shut_out(links.asked, name, value.value)) if value.selected else exclusions + key,
            )
        )
    return rows


def tree(rows: Sequence[Row], values: Sequence[FacetValue]) -> tuple[Row, ...]:
    """The rows below their parents; a value whose parent is not among them stands at the top."""
    known = {value.value for value in values}
    below: dict[str | None, list[Row]] = {}
    for row, value in zip(rows, values, strict=True):
        parent = value.parent if value.parent in known and value.parent != value.value else None
        below.setdefault(parent, []).append(row)

    def grow(parent: str | None, depth: int) -> tuple[Row, ...]:
        if depth > 8:
            return ()
        return tuple(
            Row(r.value, r.label, r.count, r.selected, r.excluded, r.only, r.out, grow(r.value, depth + 1))
            for r in below.get(parent, ())
        )

    return grow(None, 0)


def _shown(values: Sequence[FacetValue], most: int) -> list[FacetValue]:
    """The first ones, and those chosen or excluded."""
    return [value for at, value in enumerate(values) if at < most or value.selected or value.excluded]


def _category_values(values: Sequence[FacetValue], most: int) -> list[FacetValue]:
    """The most frequent topics; those below the top only where a topic above them, or their kin, is chosen."""
    by_value = {value.value: value for value in values}

    def opened(value: FacetValue) -> bool:
        if value.parent is None or value.parent not in by_value or value.selected or value.excluded:
            return True
        return value.parent in unfolded and opened(by_value[value.parent])

    unfolded: set[str] = set()
    for value in values:
        if value.selected or value.excluded:
            at: FacetValue | None = value
            while at is not None and at.value not in unfolded:
                unfolded.add(at.value)
                at = by_value.get(at.parent or "")
    return _shown([value for value in values if opened(value)], most)


def panels(results: SearchResults, links: Links, ui: str, size: int) -> list[Panel]:
    """The facets that hold anything, in the order of the page."""
    made = []
    for name in ("category", "entity", "section", "language", "source", "author"):
        values = results.facets.get(name, ())
        words = results.request.facet_words.get(name, "")
        if not values and not words:
            continue
        groups, cut = _groups(name, values, links, ui, shown_at_once(name, size))
        touched = any(row.touched for group in groups for row in group.rows)
        made.append(
            Panel(
                name=name,
                title=facet_title(name),
                groups=groups,
                words=words,
                everything=url_for("facet.show", name=name).partition("?")[0] + "?" + links.query(links.asked),
                more=cut or len(values) >= ASKED,
                open=name not in ("section", "author") or touched or bool(words),
                touched=touched,
            )
        )
    return made


def _groups(
    name: str, values: Sequence[FacetValue], links: Links, ui: str, most: int
) -> tuple[tuple[Group, ...], bool]:
    if name == "category":
        shown = _category_values(values, most)
        return (Group("", tree(rows_of(name, shown, links, ui), shown)),), len(shown) < len(values)
    if name != "entity":
        shown = _shown(values, most)
        return (Group("", tuple(rows_of(name, shown, links, ui))),), len(shown) < len(values)
    groups = []
    for kind in (*ENTITY_TYPES, None):
        own = [v for v in values if v.type == kind or (kind is None and v.type not in ENTITY_TYPES)]
        shown = _shown(own, most)
        if shown:
            groups.append(Group(type_title(kind), tuple(rows_of(name, shown, links, ui))))
    return tuple(groups), sum(len(group.rows) for group in groups) < len(values)


def date_rows(values: Sequence[DateValue], links: Links, locale: str) -> list[DateRow]:
    """Years, the latest first, with the months and days of those that are open in calendar order."""
    begins, anywhen = links.ranges(), links.to(between(links.asked, None, None))

    def row(value: DateValue) -> DateRow:
        target = anywhen if value.selected else f"{begins}from={value.value}&to={value.value}"
        below = tuple(row(child) for child in sorted(value.children, key=lambda v: v.value))
        return DateRow(value.value, part(value.value, locale), value.count, value.selected, target, below)

    return [row(value) for value in sorted(values, key=lambda v: v.value, reverse=True)]


def date_label(start: str | None, end: str | None, locale: str) -> str:
    """A range of days in words."""
    if start == end and start is not None:
        return spoken(start, locale)
    if start and end:
        return gettext("%(start)s to %(end)s", start=spoken(start, locale), end=spoken(end, locale))
    if start:
        return gettext("from %(start)s", start=spoken(start, locale))
    return gettext("until %(end)s", end=spoken(end or "", locale))


def articles(count: int, locale_number: str) -> str:
    """`1 article`, `2,345 articles`."""
    return ngettext("%(number)s article", "%(number)s articles", count, number=locale_number)
