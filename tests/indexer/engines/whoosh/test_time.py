"""A query that takes too long gives what was found until then, and says so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from indexer.engines import engine
from indexer.engines.base import EngineRequest
from indexer.query.nodes import Fuzzy, Node, Or, Term, Wildcard
from tests.archives import batch, build, opened

BODY = "body_en"
WORDS = [f"w{i}" for i in range(20)]
QUERIES = {
    "many words": (Or(tuple(Term(BODY, word) for word in WORDS)), 20),
    "a pattern": (Wildcard(BODY, "*1"), 2),
    "a misspelling": (Fuzzy(BODY, "w5"), 11),
}


@pytest.mark.parametrize(("node", "whole"), QUERIES.values(), ids=QUERIES)
def test_when_the_time_is_over_the_answer_says_so(tmp_path: Path, node: Node, whole: int) -> None:
    house = engine("whoosh")
    build(house, tmp_path / "index", batch(*({"id": word, BODY: word} for word in WORDS)))
    with opened(house, tmp_path / "index") as searcher:
        in_time = searcher.search(EngineRequest(node, until=time.monotonic() + 60))
        late = searcher.search(EngineRequest(node, until=time.monotonic() - 1))
        few = searcher.search(EngineRequest(Term(BODY, "w1"), until=time.monotonic() - 1))
    assert (in_time.total, in_time.notes) == (whole, ())
    assert late.total < whole
    assert "time" in late.notes[0]
    assert (few.total, few.notes) == (1, ())
