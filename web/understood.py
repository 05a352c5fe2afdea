"""How a query was read: the forms under which each word was looked for, each with a link that switches it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.results import SearchResults
from web.i18n import gettext, language_name
from web.links import Links


@dataclass(frozen=True, slots=True)
class FormRow:
    """One form: `count` is the number of articles that hold it, where that is known."""

    text: str
    says: str
    on: bool
    href: str
    count: int | None


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word of the query; `idle` is the number of its forms that no article holds."""

    word: str
    forms: tuple[FormRow, ...]
    idle: int


def _says(kind: str, language: str | None, ui: str) -> str:
    kinds = {
        "stem": gettext("all its forms"),
        "bigrams": gettext("pairs of characters"),
        "exact": gettext("as written"),
        "variant": gettext("spelled otherwise"),
        "compound": gettext("part of a compound"),
        "name": gettext("the name in another spelling"),
        "phrase": gettext("in this order"),
        "near": gettext("near each other"),
        "prefix": gettext("beginning so"),
        "wildcard": gettext("of this pattern"),
        "fuzzy": gettext("spelled like it"),
    }
    told = kinds.get(kind, kind)
    return f"{language_name(language, ui)}, {told}" if language else told


def word_rows(results: SearchResults, links: Links, ui: str) -> list[WordRow]:
    """The words of the query; empty when the search side tells none."""
    off = results.request.off
    made = []
    for word in results.query.get("words") or ():
        forms, idle = [], 0
        for form in word.get("forms") or ():
            key = form["key"]
            if form.get("count") == 0 and form.get("on", True):
                idle += 1
                continue
            changed = tuple(k for k in off if k != key) if key in off else (*off, key)
            href = links.to(replace(links.asked, off=changed))
            says = _says(form["kind"], form.get("language"), ui)
            forms.append(FormRow(form["text"], says, form.get("on", True), href, form.get("count")))
        made.append(WordRow(word["word"], tuple(forms), idle))
    return made
