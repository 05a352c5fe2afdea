"""What the page needs of the search side; anything of this shape can be given to `create_app`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from indexer.request import SearchRequest
from indexer.results import ArticleView, FacetValue, SearchResults, Timeline


class SearchSide(Protocol):
    """Answers requests on the live generation of one archive; safe to use from several threads.

    A side may have an `edition`, which changes with the generation and with whatever else changes its answers.
    """

    @property
    def generation(self) -> int: ...

    def search(self, request: SearchRequest) -> SearchResults: ...

    def article(self, article_id: str, ui: str = "en", q: str = "") -> ArticleView | None: ...

    def facet(
        self, request: SearchRequest, name: str, offset: int, limit: int, order: str
    ) -> tuple[Sequence[FacetValue], int]:
        """Values from `offset` on (`order`: `count` or `label`), and how many there are in all."""
        ...

    def story_timeline(self, request: SearchRequest) -> Timeline | None:
        """The timeline of a request counted in stories; None where stories are not counted."""
        ...
