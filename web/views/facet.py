"""The page with all values of one facet: by count or by name, by letter, with the choices of the facet itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.analysis.folding import fold
from indexer.request import FILTERS, SearchRequest
from indexer.results import FacetValue
from web import facets, kept
from web.current import the_search, the_settings
from web.i18n import gettext
from web.links import Links, Look, without_place
from web.views.search import asked_for

blueprint = Blueprint("facet", __name__)

PAGE = 100
ORDERS = ("count", "label")
EVERY = 1 << 30
"""More values than any facet has."""
_HAN = "字"
_DIGITS = "0–9"
_SIGNS = "#"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks of the list: order, type of entity, first letter, letters inside, page."""

    order: str
    kind: str
    letter: str
    words: str
    page: int


def choice(name: str) -> Choice:
    """The choice; of a parameter given twice the last counts, as buttons stand behind what they change."""

    def last(key: str) -> str:
        return (request.args.getlist(key) or [""])[-1]

    words = last("words") if "words" in request.args else last(f"facet_words.{name}")
    number = last("page") or "1"
    order = last("order") or "count"
    if order not in ORDERS or not number.isdecimal() or int(number[:9]) < 1:
        abort(400)
    return Choice(order, last("type"), last("letter"), words.strip(), int(number[:9]))


@blueprint.get("/facet/<name>")
def show(name: str) -> ResponseReturnValue:
    """All values of one facet."""
    if name not in FILTERS:
        abort(404)
    return kept.answer(the_search(), lambda: render_template("facet.html", **shown(name)))


def shown(name: str) -> dict[str, object]:
    """What the template shows of the list that this address asks for."""
    asked, look = asked_for()
    chosen = choice(name)
    words = {name: chosen.words} if chosen.words else {}
    values, _ = the_search().facet(replace(without_place(asked), facet_words=words), name, 0, EVERY, "count")
    labels = {value.value: facets.label_of(name, value, g.locale) for value in values}
    listed, letters = narrowed(values, labels, chosen)
    pages = max(1, -(-len(listed) // PAGE))
    page = min(chosen.page, pages)
    shown = listed[(page - 1) * PAGE : page * PAGE]
    links = Links(replace(asked, facet_words={}), look, the_settings().page_size)
    return {
        "name": name,
        "title": facets.facet_title(name),
        "rows": list(zip(facets.rows_of(name, shown, links, g.locale), shown, strict=True)),
        "above": lambda value: labels.get(value.parent or "", ""),
        "type_title": facets.type_title,
        "kinds": kinds(name),
        "letters": letters,
        "total": len(listed),
        "chosen": replace(chosen, page=page),
        "pages": pages,
        "others": others(name, asked, look, {value.value for value in shown}),
        "here": url_for("facet.show", name=name, ui=None),
        "there": url_for("search.results", ui=None),
        "back": links.to(links.asked),
        "query": asked.q,
    }


def narrowed(
    values: Sequence[FacetValue], labels: dict[str, str], chosen: Choice
) -> tuple[list[FacetValue], list[str]]:
    """The values that are to be listed, in order; and the letters with which any of them could begin."""
    kept = [v for v in values if not chosen.kind or v.type == chosen.kind]
    keys = {v.value: " ".join(map(fold, labels[v.value].split(" "))) or labels[v.value] for v in kept}
    letters = sorted({initial(key) for key in keys.values()}, key=_place) if len(kept) > PAGE else []
    if chosen.letter:
        kept = [v for v in kept if initial(keys[v.value]) == chosen.letter]
    if chosen.order == "label":
        kept.sort(key=lambda v: (_place(initial(keys[v.value])), keys[v.value], labels[v.value]))
    return kept, letters if letters or not chosen.letter else [chosen.letter]


def initial(folded: str) -> str:
    """The letter under which a label stands: scripts of thousands of signs, digits and signs have one place each."""
    return _initial(folded[:1])


@lru_cache(maxsize=4096)
def _initial(char: str) -> str:
    first = char.upper()[:1]
    if first.isdecimal():
        return _DIGITS
    if not first.isalpha():
        return _SIGNS
    kind = unicodedata.name(first, "")
    if kind.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")):
        return _HAN
    return first


def _place(letter: str) -> tuple[int, str]:
    return (2 if letter == _SIGNS else 0 if letter == _DIGITS else 1, letter)


def kinds(name: str) -> list[tuple[str, str]]:
    """Types by which the list can be narrowed, with their titles."""
    if name != "entity":
        return []
    return [("", gettext("All")), *((kind, facets.type_title(kind)) for kind in facets.ENTITY_TYPES)]


def others(name: str, asked: SearchRequest, look: Look, shown: set[str]) -> list[tuple[str, str]]:
    """What the form sends along unseen: the rest of the search, and chosen values that are not on this page."""
    bare = replace(without_place(asked), facet_words={})
    pairs = [pair for pair in bare.params() if pair[0] != "limit"]
    if asked.limit != the_settings().page_size:
        pairs.append(("limit", str(asked.limit)))
    mine = (name, f"-{name}")
    kept = [(key, value) for key, value in pairs if key not in mine or value not in shown]
    return [*kept, *look.params(), *([("ui", g.locale)] if g.get("ui_asked") else [])]
