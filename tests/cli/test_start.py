"""What a search starts with: it must not wait for what it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import environment

FOREIGN = {"click", "numpy", "orjson", "Stemmer"}
"""Libraries that a search of plain words needs; whoosh, yaml, flask, lxml … are for others."""
FOR_OTHERS = (
    "asyncio", "concurrent", "email", "http", "multiprocessing", "sqlite3", "ssl", "subprocess", "tempfile", "web",
    "corpus.languages.load", "corpus.languages.ngrams", "corpus.layout", "corpus.readers",
    "indexer.knowledge.finder", "indexer.knowledge.lexicon", "indexer.knowledge.match", "indexer.pipeline",
)  # fmt: skip
MOST_OWN = 120
"""Modules of newsdex that it imports: each costs every search half a millisecond."""
SEARCH = "import sys; from indexer.cli import main; main(sys.argv[1:]); print('\\n', *sys.modules, file=sys.stderr)"


def test_a_search_imports_what_it_needs(archive: Path) -> None:
    command = [sys.executable, "-c", SEARCH, "search", "Minsk", "--archive", archive]
    before = subprocess.run([sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, check=True)
    ran = subprocess.run(command, capture_output=True, check=True, env=environment())
    assert ran.stdout
    loaded = {name for name in ran.stderr.decode().split() if name not in before.stdout.decode().split()}
    own = {name for name in loaded if name.partition(".")[0] in ("indexer", "corpus")}
    assert "indexer.search" in own
    assert len(own) <= MOST_OWN
    assert not {name for name in loaded if any(f"{name}.".startswith(f"{other}.") for other in FOR_OTHERS)}
    tops = {name.partition(".")[0] for name in loaded - own} - sys.stdlib_module_names
    assert {top for top in tops if "cython" not in top} <= FOREIGN
