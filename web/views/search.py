"""The result page and the timeline's numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from flask import Blueprint, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from indexer.request import SearchRequest
from indexer.results import FacetValue, Hit, SearchResults, Timeline
from web import cite, facets, headers, kept, notes, nothing, page, timeline, understood
from web.concordance import A_PAGE, AT_ONCE, MOST_ARTICLES, Concordance, Kept, Line, concordance
from web.csvcells import harmless
from web.current import the_search, the_settings
from web.fetching import all_hits
from web.i18n import gettext, locale_name
from web.links import Links, Look, addressed, quoted, read_look, read_request, without_place

blueprint = Blueprint("search", __name__)

STACKED = 6
"""Parts of a stacked bar that have a colour of their own."""


def asked_for() -> tuple[SearchRequest, Look]:
    """The search and the look that this request's address asks for."""
    look = read_look(request.args)
    asked = read_request(request.args, g.locale, the_settings().page_size)
    return replace(asked, kwic=look.view == "kwic"), look


@blueprint.get("/")
def results() -> ResponseReturnValue:
    """A page of results."""
    return kept.answer(the_search(), lambda: render_template("search.html", **shown(*answered())))


def answered(framed: bool = False) -> tuple[SearchResults, Look]:
    """The answer to what this address asks for, its facets counted as far as the page may show them; and the look."""
    asked, look = asked_for()
    # lines in one list are leafed through themselves, and fetched apart
    place = replace(asked, limit=0, offset=0, kwic=False) if in_lines(asked, look) and not framed else asked
    found = kept.found(replace(place, facet_limit=facets.ASKED))
    return replace(found, request=asked, timeline=timeline.bounded(found.timeline)), look


def in_lines(asked: SearchRequest, look: Look) -> bool:
    """Whether all lines in context stand in one list: only words have any."""
    return bool(look.view == "kwic" and look.lines and asked.q)


def lines_of(found: SearchResults, links: Links) -> Concordance:
    """The lines in context of an answer, sorted as the look wants it."""
    asked = replace(without_place(found.request), facet_limit=1, facet_words={}, kwic=True)

    def made() -> Concordance:
        fetched = all_hits(asked, MOST_ARTICLES, at_once=AT_ONCE)
        return concordance((hit for hit, _ in fetched), links.look.lines)  # type: ignore[arg-type]

    search = the_search()
    name = getattr(search, "edition", search.generation), g.locale, links.query(links.asked)
    lists: Kept = current_app.extensions["newsdex-lines"]
    told = lists.get(name, made)
    if told.late:
        g.partial = True
    return told


def leaf_of(
    found: SearchResults, told: Concordance | None, links: Links
) -> tuple[tuple[Line, ...], page.Pager | None]:
    """The lines on this page where they are listed, and the way to the other pages of lines or hits."""
    at = found.request.offset
    lines = told.lines[at : at + A_PAGE] if told else ()
    if told and lines:
        return lines, page.leaves(len(told.lines), at, A_PAGE, len(lines), links)
    return lines, page.pager(found, links)


def shown(found: SearchResults, look: Look, endpoint: str = "search.results") -> dict[str, object]:
    """What the result templates show of an answer."""
    search, settings = the_search(), the_settings()
    locale = locale_name()
    links = Links(found.request, look, settings.page_size, endpoint)
    chips = page.chips(search, found, links, g.locale, locale)
    listed = in_lines(found.request, look) and endpoint == "search.results" and found.total
    told = lines_of(found, links) if listed else None
    lines, pager = leaf_of(found, told, links)
    onward = links.query(links.asked)
    # a story is shown whole: its versions are in other languages, where the query may not be
    whole = Links(SearchRequest(limit=found.request.limit), look, settings.page_size, endpoint).onlies("story")
    return {
        "found": found,
        "asked": found.request,
        "look": look,
        "links": links,
        "onward": onward,
        "sentence": page.sentence(found, locale),
        "stories": page.stories(found, locale),
        "order": page.order_name(found.request.sort),
        "chips": chips,
        "panels": facets.panels(found, links, g.locale, settings.facet_size),
        "dates": facets.date_rows(found.dates, links, locale),
        "chart": draw(found, look, links),
        "concordance": told,
        "lines": lines,
        "pager": pager,
        "understood": understood.word_rows(found, links, g.locale),
        "notes": [notes.told(text) for _, text in found.notes],
        "ways": nothing.ways(search, found, links) if not found.total else [],
        "held_between": nothing.held_between(search, found, locale) if not found.total else None,
        "coins": {hit.id: cite.coins(reference(hit, found)) for hit in found.hits},
        "entity_links": links.onlies("entity"),
        "sorted_as": lambda sort: links.to(replace(links.asked, sort=sort)),
        "sized_as": lambda limit: links.to(replace(links.asked, limit=limit)),
        "filtered": lambda name, value: (whole if name == "story" else links.onlies(name)) + quoted(value),
        "article_link": lambda hit, at: article_link(hit.id, onward, at + (0 if told else found.request.offset)),
    }


def reference(hit: Hit, found: SearchResults) -> cite.Reference:
    """The citation of a hit."""
    link = addressed("article.show", "article_id", hit.id, external=True)
    return cite.of_hit(hit, link, the_settings().title, found.generation)


def article_link(article_id: str, onward: str, at: int) -> str:
    """The article's page, which knows the search it was found by and its place there."""
    path, _, query = addressed("article.show", "article_id", article_id).partition("?")
    rest = "&".join(filter(None, (onward or query, f"pos={at}")))
    return f"{path}?{rest}"


def draw(found: SearchResults, look: Look, links: Links) -> timeline.Chart | None:
    """The timeline of an answer as the look wants it."""
    stacks: list[tuple[str, Timeline]] = []
    if look.stack:
        for value in top_values(found, look.stack):
            chosen = replace(_bare(found), include={**found.request.include, look.stack: (value.value,)})
            label = facets.label_of(look.stack, value, g.locale)
            stacks.append((label, counted_in(look.unit, chosen)))
    others = []
    for query in look.compare:
        asked = replace(_bare(found), q=query)
        others.append((query, page.counted(the_search(), asked), counted_in(look.unit, asked)))
    bars = counted_in(look.unit, _bare(found)) if look.unit == "stories" else found.timeline
    said = (gettext("%(found)s of %(held)s"), gettext("nothing held"))
    return timeline.chart(bars, links, locale_name(), look.bars, look.unit, stacks, others, said)


def counted_in(unit: str, asked: SearchRequest) -> Timeline:
    """The timeline of a search in articles or stories; in articles where nobody counts stories."""
    told = the_search().story_timeline(asked) if unit == "stories" else None
    return told or kept.found(asked).timeline


def top_values(found: SearchResults, name: str) -> list[FacetValue]:
    """The most frequent values of a facet that have a colour of their own in the timeline."""
    chosen = found.request.include.get(name)
    values = [v for v in found.facets.get(name, ()) if v.count and (not chosen or v.value in chosen)]
    if name == "category" and not chosen:
        values = [v for v in values if v.parent is None]
    return values[:STACKED]


def _bare(found: SearchResults) -> SearchRequest:
    """The search for its timeline alone."""
    interval = found.timeline.interval
    asked = without_place(found.request)
    return replace(asked, limit=0, facet_limit=1, facet_words={}, kwic=False, interval=interval)  # type: ignore[arg-type]


@blueprint.get("/timeline.csv")
def numbers() -> ResponseReturnValue:
    """The timeline's numbers."""
    search = the_search()
    if (same := headers.unchanged(search)) is not None:
        return same
    asked, look = asked_for()
    found = search.search(replace(asked, limit=0, facet_limit=facets.ASKED if look.stack else 1))
    if look.unit == "stories":  # each bar is a search
        found = replace(found, timeline=timeline.bounded(found.timeline))
    chart = draw(found, look, Links(asked, look, the_settings().page_size))
    table = io.StringIO()
    writer = csv.writer(table)
    parts = chart.parts if chart else ()
    writer.writerow(["start", "found", "held", *(harmless(part.label) for part in parts)])
    for at, column in enumerate(chart.columns if chart else ()):
        writer.writerow([column.start, column.count, column.held, *(part.counts[at] for part in parts)])
    if found.timeline.undated:
        writer.writerow(["", found.timeline.undated, ""])
    answer = Response(table.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="timeline.csv"'
    return headers.tagged(answer)
