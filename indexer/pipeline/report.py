"""What a run shows while it goes on, and what it tells when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from corpus.article import Rejection


class Progress(Protocol):
    def __call__(
        self, items: Iterable[Any], *, what: str, total: int | None = None, unit: str = ...,
        weigh: Callable[[Any], int] | None = None,
    ) -> Iterator[Any]:  # fmt: skip
        """The items; shows how many of `total` went by, each counted once or for what it weighs."""
        ...


def silent(items: Iterable[Any], *, what: str, **_: Any) -> Iterator[Any]:
    yield from items


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did.

    Attributes:
        generation: the live one afterwards, None when the archive still holds nothing.
        rejected: the first few inputs that gave no article.
    """

    generation: int | None
    counts: Mapping[str, int]
    seconds: float
    ledger: Path
    rejected: Sequence[Rejection] = ()

    def as_json(self) -> dict[str, Any]:
        names = ("read", "added", "updated", "unchanged", "removed", "rejected", "missing", "renamed")
        counted = {name: self.counts.get(name, 0) for name in names}
        return {"generation": self.generation, **counted, "seconds": round(self.seconds, 3)}
