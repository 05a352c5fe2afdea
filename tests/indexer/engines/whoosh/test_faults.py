"""Altered, cut and missing files are found before an answer is given from them; a build that dies harms nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import EXIT_DAMAGED, DamagedArchiveError
from indexer.engines import engine
from indexer.engines.base import EngineRequest
from indexer.query.nodes import And, Every, Facet, Fuzzy, Or, Phrase, Prefix, Term
from tests.archives import batch, build

BODY = "body_en"
rng = random.Random(7)
WORDS = [f"w{i}" for i in range(60)]
ARTICLES = [
    {
        "id": f"id-{i}",
        BODY: " ".join(rng.choices(WORDS, weights=[60 / (k + 1) for k in range(60)], k=rng.randint(0, 80))),
        "title_en": rng.choice(WORDS),
        "day": rng.choice([0, 738_000 + i]),
        "minute": rng.randint(-1, 1439),
        "category": rng.sample(["a", "b", "c"], rng.randint(0, 2)),
        "language": ["en"],
    }
    for i in range(300)
]
ASKED = [
    EngineRequest(node, limit=400, facets={"category": 0, "language": 0}, sort=sort)
    for node, sort in [
        (Every(), "newest"),
        (Term(BODY, "w0"), "relevance"),
        (Or((Term(BODY, "w1"), Term("title_en", "w2"))), "relevance"),
        (And((Term(BODY, "w3"), Term(BODY, "w40"))), "oldest"),
        (Phrase(BODY, ("w0", "w1")), "relevance"),
        (Prefix(BODY, "w1"), "relevance"),
        (Fuzzy(BODY, "w9"), "newest"),
        (Facet("category", "a"), "oldest"),
        (Facet("id", "id-7"), "oldest"),
    ]
]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Two segments, one of them with deletions."""
    made = engine("whoosh")
    build(made, tmp_path / "1", batch(*ARTICLES[:200]))
    builder = made.builder(tmp_path / "2", base=tmp_path / "1")
    builder.add(batch(*ARTICLES[200:]))
    builder.delete(["id-3", "id-250"])
    builder.commit()
    return tmp_path / "2"


def answers(directory: Path) -> list[Any]:
    """Everything that a search may read."""
    searcher = engine("whoosh").open(directory)
    try:
        found = [searcher.search(request) for request in ASKED]
        everything = [
            (a.total, a.docs.tolist(), a.scores.tolist(), dict(a.facets), a.days.days.tolist(), a.days.counts.tolist())
            for a in found
        ]
        stored = searcher.stored(found[0].docs.tolist())
        return [everything, stored, searcher.ids(), searcher.terms(BODY), searcher.doc("id-9")]
    finally:
        searcher.close()


def files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if path.is_file())


def test_flipped_bits_never_change_an_answer(index: Path) -> None:
    whole = answers(index)
    told = []
    for path in files(index):
        data = path.read_bytes()
        for _ in range(60):
            at, bit = rng.randrange(len(data)), 1 << rng.randrange(8)
            altered = bytearray(data)
            altered[at] ^= bit
            path.write_bytes(altered)
            faults = engine("whoosh").verify(index)
            assert len(faults) == 1, (path, at)
            assert path.name in faults[0]
            try:
                assert answers(index) == whole
            except DamagedArchiveError as error:
                told.append((error.exit_code == EXIT_DAMAGED, path.name in str(error), "newsdex re" in str(error)))
        path.write_bytes(data)
    assert set(told) == {(True, True, True)}
    assert len(told) > 60  # what is left fell on padding or on arrays that no answer needs
    assert engine("whoosh").verify(index) == []


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.98])
def test_a_file_that_was_cut_or_is_missing(index: Path, share: float) -> None:
    for path in files(index):
        data = path.read_bytes()
        for harm in (lambda path=path, data=data: path.write_bytes(data[: int(len(data) * share)]), path.unlink):
            harm()
            with pytest.raises(DamagedArchiveError, match=path.name):
                engine("whoosh").open(index)
            assert path.name in engine("whoosh").verify(index)[0]
            path.write_bytes(data)
    assert engine("whoosh").verify(index) == []


def test_zeroed_bytes_are_found(index: Path) -> None:
    path = files(index)[-1]
    data = path.read_bytes()
    path.write_bytes(data[:3000] + bytes(200) + data[3200:])
    assert path.name in engine("whoosh").verify(index)[0]
    with pytest.raises(DamagedArchiveError):
        answers(index)


def test_an_old_manifest_over_other_files(index: Path, tmp_path: Path) -> None:
    other = build(engine("whoosh"), tmp_path / "other", batch(*ARTICLES[:10]))
    for path in files(other):
        if path.name != "index.json":
            (index / path.name).write_bytes(path.read_bytes())
    with pytest.raises(DamagedArchiveError):
        engine("whoosh").open(index)


def test_no_pickle_is_read(index: Path) -> None:
    path = index / "index.json"
    path.write_bytes(b"cos\nsystem\n(S'echo harmed'\ntR.")
    with pytest.raises(DamagedArchiveError, match="index"):
        engine("whoosh").open(index)


BUILDER = """
import sys
from pathlib import Path
from indexer.engines import engine
from tests.indexer.engines.whoosh.test_faults import ARTICLES
from tests.archives import batch
target, base = map(Path, sys.argv[1:])
builder = engine("whoosh").builder(target, base=base)
print("ready", flush=True)
for turn in range(200):
    builder.add(batch(*({**article, "id": f"{turn}-{article['id']}"} for article in ARTICLES)))
    if turn % 5 == 4:
        builder._flush()
builder.commit()
print("done", flush=True)
"""


@pytest.mark.parametrize("seconds", [0.02, 0.3, 0.8])
def test_a_build_that_is_killed_leaves_the_base_whole(index: Path, tmp_path: Path, seconds: float) -> None:
    whole = answers(index)
    target = tmp_path / "new"
    root = Path(__file__).parents[4]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", BUILDER, str(target), str(index)], stdout=subprocess.PIPE, cwd=root
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert engine("whoosh").verify(index) == []
    assert answers(index) == whole
    with pytest.raises(DamagedArchiveError):
        engine("whoosh").open(target)
    assert "index.json" in engine("whoosh").verify(target)[0]


def test_an_aborted_build_leaves_nothing(index: Path, tmp_path: Path) -> None:
    builder = engine("whoosh").builder(tmp_path / "new", base=index)
    builder.add(batch(*ARTICLES[:5]))
    builder.abort()
    assert files(tmp_path / "new") == []
    assert engine("whoosh").verify(index) == []


def test_a_build_that_fails_while_writing_can_be_aborted(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = engine("whoosh").builder(tmp_path / "new", base=index)
    builder.add(batch(*ARTICLES[:5]))

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.engines.whoosh.format.os.pwrite", full)
    with pytest.raises(OSError, match="No space"):
        builder.commit()
    builder.abort()
    assert files(tmp_path / "new") == []
    monkeypatch.undo()
    assert len(answers(index)[2]) == 298


def test_segments_are_shared_by_hard_links(index: Path, tmp_path: Path) -> None:
    builder = engine("whoosh").builder(tmp_path / "3", base=index)
    builder.delete(["id-100"])
    builder.commit()
    inodes = {path.stat().st_ino for path in files(index)}
    shared = [path for path in files(tmp_path / "3") if path.stat().st_ino in inodes]
    assert any(path.suffix == ".bin" for path in shared)
    assert np.isin(["id-100"], answers(tmp_path / "3")[2]).tolist() == [False]
    assert "id-100" in answers(index)[2]
