"""A build that dies at any point leaves the generation before untouched; its own is whole, or known not to be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import DamagedArchiveError
from indexer.engines.base import Engine
from indexer.query.nodes import Every, Term
from tests.archives import batch, build, hits, opened

ROOT = Path(__file__).parents[2]
BODY = "body_en"
FIRST = batch(*({"id": f"a{i}", BODY: f"old w{i}", "day": 700_000 + i, "entity": ["e"]} for i in range(5)))


def check_base(engine: Engine, base: Path) -> None:
    assert engine.verify(base) == []
    with opened(engine, base) as searcher:
        assert sorted(hits(searcher, Term(BODY, "old"))) == sorted(FIRST.ids)
        assert hits(searcher, Term(BODY, "new")) == []


def is_whole(engine: Engine, directory: Path) -> bool:
    """Whether a generation opens; then it must be complete."""
    try:
        searcher = engine.open(directory)
    except DamagedArchiveError:
        return False
    assert sorted(hits(searcher, Term(BODY, "old"))) == ["a0", "a3", "a4"]
    assert sorted(hits(searcher, Term(BODY, "new"))) == ["a1", "b"]
    assert len(hits(searcher, Every())) == 5
    searcher.close()
    return True


def test_killed_before_every_touch_of_a_file(engine: Engine, tmp_path: Path) -> None:
    base = build(engine, tmp_path / "base", FIRST)
    made = tmp_path / "made"
    made.mkdir()
    script = Path(__file__).with_name("killed_build.py")
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", str(script), engine.name, str(base), str(made)],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    ends = ran.stdout.split("\n")[:-1]
    assert ends == ["killed"] * (len(ends) - 1) + ["exit 0"]
    assert len(ends) > 5
    check_base(engine, base)
    whole = []
    for number in range(1, len(ends) + 1):
        directory = made / str(number)
        whole.append(is_whole(engine, directory))
        assert whole[-1] == (engine.verify(directory) == [])
    assert whole[-1]
    assert not whole[0]
    assert whole == sorted(whole), "once a build is whole, later steps may not break it"


SLOW_BUILD = """
import sys
from pathlib import Path
from indexer.engines import engine
from tests.archives import batch
builder = engine(sys.argv[1]).builder(Path(sys.argv[3]), base=Path(sys.argv[2]))
print("begun", flush=True)
for i in range(400):
    builder.add(batch(*({"id": f"n{i}-{j}", "body_en": f"new w{j} x{i}"} for j in range(40))))
print("added", flush=True)
builder.commit()
print("done", flush=True)
"""


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.1, 0.2])
@pytest.mark.parametrize("after", ["begun", "added"])
def test_killed_at_any_time(engine: Engine, tmp_path: Path, after: str, wait: float) -> None:
    base = build(engine, tmp_path / "base", FIRST)
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SLOW_BUILD, engine.name, str(base), str(tmp_path / "made")],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    with process, process.stdout:
        for line in process.stdout:
            if line.strip() == after:
                break
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
    check_base(engine, base)
    whole = engine.verify(tmp_path / "made") == []
    try:
        with opened(engine, tmp_path / "made") as searcher:
            assert whole
            assert searcher.count_of(Term(BODY, "new")) == 16_000
    except DamagedArchiveError:
        assert not whole
    again = build(engine, tmp_path / "again", batch({"id": "b", BODY: "new"}), base=base)
    assert engine.verify(again) == []
