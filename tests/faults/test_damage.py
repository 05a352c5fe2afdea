"""A file that is missing, cut short or altered is found and named, and never gives a traceback."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import EXIT_DAMAGED, DamagedArchiveError
from indexer.engines.base import Engine, EngineRequest, FacetFilter
from indexer.query.nodes import And, DayRange, Every, Facet, Fuzzy, Near, Not, Or, Phrase, Prefix, Term, Wildcard
from tests.archives import batch, build

BODY = "body_en"
ARTICLES = [
    batch(
        *(
            {"id": f"{part}{i}", BODY: f"old w{i} of w{i % 7} old", "title_de": f"t{i}", "day": 700_000 + i * part,
             "minute": i, "entity": [f"e{i % 3}", f"e{i % 5 + 3}"], "category": ["c"]}
            for i in range(40)
        )
    )
    for part in (1, 2)
]  # fmt: skip
QUERIES = [
    Every(), Term(BODY, "old"), Term(BODY, "w3"), Phrase(BODY, ("old", "w3")), Near(BODY, ("w3", "of"), 3),
    Prefix(BODY, "w1"), Wildcard(BODY, "?1*"), Fuzzy(BODY, "w12"), Facet("entity", "e4"), Facet("id", "13"),
    DayRange(700_005, 700_010), And((Term(BODY, "old"), Not(Term(BODY, "w1")))), Or((Term("title_de", "t3"), Every())),
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations' worth of files: shared segments, a new one, deletions."""
    made = tmp_path_factory.mktemp("damage")
    build(engine, made / "1", *ARTICLES)
    builder = engine.builder(made / "2", base=made / "1")
    builder.add(batch({"id": "11", BODY: "new"}, {"id": "z", BODY: "new old", "entity": ["e1"]}))
    builder.delete(["21", "22"])
    builder.commit()
    return made / "2"


def index_files(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir() if path.is_file() and path.stat().st_size)


def use(engine: Engine, directory: Path) -> None:
    """Open the index and ask everything of it."""
    searcher = engine.open(directory)
    try:
        for node in QUERIES:
            for sort in ("relevance", "newest"):
                filters = {"entity": FacetFilter(("e1", "e4"), ("e2",))}
                for chosen in ({}, filters):
                    facets = {"entity": 3, "category": 0}
                    answer = searcher.search(EngineRequest(node, filters=chosen, sort=sort, facets=facets))
                    searcher.stored(answer.docs)
        searcher.terms(BODY, "w")
        searcher.frequency(BODY, "old")
        searcher.ids()
        searcher.doc("13")
    finally:
        searcher.close()


def damaged(whole: Path, target: Path, name: str, change: Callable[[bytearray], object] | None) -> Path:
    """A copy of the index in which one file is changed, or missing when `change` is None."""
    shutil.copytree(whole, target)
    path = target / name
    if change is None:
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        change(data)
        path.write_bytes(data)
    return path


def cut(length: Callable[[int], int]) -> Callable[[bytearray], object]:
    def change(data: bytearray) -> None:
        del data[length(len(data)) :]

    return change


LOSSES: dict[str, Callable[[bytearray], object] | None] = {
    "missing": None,
    "empty": cut(lambda n: 0),
    "half": cut(lambda n: n // 2),
    "one byte short": cut(lambda n: n - 1),
    "one byte more": lambda data: data.append(0),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_missing_or_cut_short(engine: Engine, whole: Path, tmp_path: Path, loss: str) -> None:
    names = [name for name in index_files(whole) if "LOCK" not in name]
    assert names
    for i, name in enumerate(names):
        path = damaged(whole, tmp_path / str(i), name, LOSSES[loss])
        found = engine.verify(path.parent)
        assert any(name in line for line in found), (name, found)
        with pytest.raises(DamagedArchiveError) as caught:
            use(engine, path.parent)
        assert name in str(caught.value)
        assert "newsdex" in str(caught.value)
        assert caught.value.exit_code == EXIT_DAMAGED


@pytest.mark.parametrize("place", [i / 40 for i in range(40)] + [0.9999])
def test_one_altered_byte_is_found(engine: Engine, whole: Path, tmp_path: Path, place: float) -> None:
    for i, name in enumerate(name for name in index_files(whole) if "LOCK" not in name):

        def flip(data: bytearray) -> None:
            data[int(place * len(data))] ^= 1 << (int(place * 1000) % 8)

        path = damaged(whole, tmp_path / str(i), name, flip)
        assert any(name in line for line in engine.verify(path.parent)), name
        with contextlib.suppress(DamagedArchiveError):  # if it is noticed in use, then as damage
            use(engine, path.parent)


def test_a_directory_that_is_no_index(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for directory in (tmp_path / "empty", tmp_path / "absent"):
        assert engine.verify(directory)
        with pytest.raises(DamagedArchiveError):
            engine.open(directory)
