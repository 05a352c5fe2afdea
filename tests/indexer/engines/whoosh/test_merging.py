"""The merge policy: few segments, and no document rewritten often."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.engines import engine
from indexer.engines.whoosh import merge
from indexer.query.nodes import Every, Term
from tests.archives import batch, build, hits, opened


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([(100, 100)], []),
        ([(100, 60)], [0]),  # more than a third deleted
        ([(100, 70)], []),
        ([(1000, 1000), (10, 10)], []),
        ([(1000, 1000), (10, 10), (10, 10)], [1, 2]),
        ([(10, 10), (20, 20), (30, 30)], [0, 1, 2]),
        ([(10, 10), (20, 20), (40, 40)], []),
        ([(10, 10), (10, 10), (20, 20), (40, 40)], [0, 1, 2, 3]),
        ([(merge.LARGEST, merge.LARGEST)] * 8, []),
        ([(merge.LARGEST, merge.LARGEST)] * 9, [0, 1]),
    ],
)
def test_what_is_merged(sizes: list[tuple[int, int]], expected: list[int]) -> None:
    assert merge.choose(sizes) == expected


def test_many_small_updates_rewrite_little() -> None:
    rng = np.random.default_rng(3)
    sizes: list[tuple[int, int]] = []
    written = added = 0
    for _ in range(3000):
        fresh = int(rng.integers(1, 200))
        added += fresh
        sizes.append((fresh, fresh))
        while group := merge.choose(sizes):
            total = sum(sizes[i][1] for i in group)
            written += total
            sizes = [size for i, size in enumerate(sizes) if i not in group] + [(total, total)]
        assert len(sizes) <= merge.MOST_SEGMENTS
    assert written < 12 * added  # about the logarithm of the number of updates


def test_an_archive_made_of_many_updates(tmp_path: Path) -> None:
    base = None
    for i in range(12):
        same = {"id": "again", "body_en": f"turn{i}"}  # replaced every time
        made = batch({"id": f"{i}", "body_en": f"common w{i}", "day": 730_000 - i}, same)
        base = build(engine("whoosh"), tmp_path / str(i), made, base=base)
    with opened(engine("whoosh"), base) as searcher:
        assert len(searcher.segments) <= merge.MOST_SEGMENTS
        assert len(hits(searcher, Term("body_en", "common"))) == 12
        assert hits(searcher, Term("body_en", "turn3")) == []
        assert hits(searcher, Term("body_en", "turn11")) == ["again"]
        assert hits(searcher, Every(), sort="newest")[:3] == ["0", "1", "2"]
        assert all((np.diff(segment.days) >= 0).all() for segment in searcher.segments)
