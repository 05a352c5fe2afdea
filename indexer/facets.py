"""Facet values for people: labels in their language, the tree of topics, search inside a facet."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.languages import has_pack, pack
from indexer.opened import Opened
from indexer.request import SearchRequest
from indexer.results import FacetValue


class FacetLabels:
    """Turns what the engine counted into what the page shows."""

    def __init__(self, opened: Opened, ui: str) -> None:
        self._opened = opened
        self._ui = ui

    def limit(self, name: str, request: SearchRequest) -> int:
        """How many values the engine has to count; all of them when labels are to be searched afterwards."""
        if name != "entity" and request.facet_words.get(name):
            return 0
        return request.facet_limit

    def matching(self, request: SearchRequest) -> dict[str, tuple[str, ...]]:
        """Entities one of whose names holds the text that was typed into the facet."""
        words = request.facet_words.get("entity")
        return {"entity": self._opened.entities_named(words)} if words else {}

    def values(
        self, name: str, counted: Sequence[tuple[str, int]], request: SearchRequest
    ) -> tuple[FacetValue, ...]:
        """The values of one facet, the most frequent first, chosen ones kept even at zero."""
        chosen = set(self._opened.resolve(name, request.include.get(name, ())))
        excluded = set(self._opened.resolve(name, request.exclude.get(name, ())))
        values = []
        for value, count in counted:
            label, kind = self._told(name, value)
            values.append(
                FacetValue(value, label, count, value in chosen, value in excluded, kind, self._parent(name, value))
            )
        words = request.facet_words.get(name)
        if words and name != "entity":
            folded = words.casefold()
            values = [one for one in values if folded in one.label.casefold() or one.selected or one.excluded]
            if request.facet_limit:
                values = values[: request.facet_limit]
        return tuple(values)

    def label(self, name: str, value: str) -> str:
        """A value as people call it."""
        return self._told(name, value)[0]

    def _told(self, name: str, value: str) -> tuple[str, str | None]:
        """A value as people call it, and the type of an entity."""
        if name == "entity":
            entity = self._opened.entities.shown(value)
            return (entity.label(self._ui), entity.type) if entity else (value, value.partition(":")[0])
        if name == "category":
            return self._opened.know.categories.label(value, self._ui), None
        if name == "language":
            return pack(value).name if has_pack(value) else value, None
        return value, None

    def _parent(self, name: str, value: str) -> str | None:
        if name != "category":
            return None
        above = self._opened.know.categories.ancestors(value)
        return above[1] if len(above) > 1 else None


