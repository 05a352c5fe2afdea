"""One person, place or organisation: its names, when it was written about, and together with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, abort, g, make_response, render_template
from flask.typing import ResponseReturnValue

from indexer.request import SearchRequest
from indexer.results import FacetValue
from web import facets, headers
from web.current import the_desk, the_search, the_settings
from web.links import Links, Look
from web.views.search import shown

blueprint = Blueprint("entity", __name__)

COMPANY = 12
NAMES = 24


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity named in the same articles: `both` leads to them."""

    value: str
    label: str
    count: int
    both: str


@blueprint.get("/entity/<path:entity_id>")
def show(entity_id: str) -> ResponseReturnValue:
    """The entity's page."""
    search = the_search()
    if (same := headers.unchanged(search)) is not None:
        return same
    asked = SearchRequest(include={"entity": (entity_id,)}, sort="newest", limit=10, ui=g.locale)
    found = search.search(asked)
    # an id of an earlier generation, or a name, is taken too: what is chosen is the entity as it is now
    own = next((value for value in found.facets.get("entity", ()) if value.selected), None)
    if own is None or not found.total:
        abort(404)
    desk = the_desk()
    printed = getattr(search, "names", None)
    names = list(printed(own.value))[:NAMES] if callable(printed) else []
    return headers.tagged(
        make_response(
            render_template(
                "entity.html",
                **shown(found, Look()),
                entity=own,
                names=names,
                forms=by_form(names),
                company=company(own.value),
                desk=desk is not None,
                noted=desk.noted(own.value) if desk else [],
                kind=facets.type_name(own.type),
            )
        )
    )


def by_form(names: Sequence[tuple[str, str, int]]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Each name once, with the languages that print it and the articles there: (name, [(language, articles)])."""
    forms: dict[str, list[tuple[str, int]]] = {}
    for language, name, count in names:
        forms.setdefault(name, []).append((language, count))
    return list(forms.items())


def company(entity_id: str) -> list[tuple[str, list[Companion]]]:
    """Entities named in the same articles, by type, the most frequent first.

    The entity is put into the query here: as a filter it would not narrow its own facet.
    """
    quoted = entity_id.replace("\\", "").replace('"', "")
    asked = SearchRequest(q=f'entity:"{quoted}"', limit=0, facet_limit=6 * COMPANY, ui=g.locale)
    values = [value for value in the_search().search(asked).facets.get("entity", ()) if value.value != entity_id]
    groups = []
    for kind in facets.ENTITY_TYPES:
        rows = [_companion(entity_id, value) for value in values if value.type == kind and value.count][:COMPANY]
        if rows:
            groups.append((facets.type_title(kind), rows))
    return groups


def _companion(entity_id: str, value: FacetValue) -> Companion:
    query = f'entity:"{entity_id}"'
    asked = SearchRequest(q=query, include={"entity": (value.value,)}, ui=g.locale)
    links = Links(replace(asked, limit=the_settings().page_size), Look(), the_settings().page_size)
    return Companion(value.value, value.label, value.count, links.to(links.asked))
