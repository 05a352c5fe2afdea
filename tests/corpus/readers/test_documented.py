"""A format that is not documented does not exist: every reader has its row in docs/howto/formats.md, with its pair."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.readers import READERS

ROOT = Path(__file__).parents[3]
ROWS = re.findall(r"^\| `([\w-]+)` \|(.*)\|$", (ROOT / "docs/howto/formats.md").read_text("utf-8"), re.MULTILINE)


def test_every_reader_has_one_row() -> None:
    assert sorted(name for name, _ in ROWS) == sorted(reader.name for reader in READERS)


def test_every_row_shows_a_pair_of_its_format() -> None:
    for name, row in ROWS:
        linked = [Path(link) for link in re.findall(r"\]\(\.\./\.\./(tests/golden/[^)]+)\)", row)]
        assert len(linked) == 2, f"{name}: an input and its JSON"
        assert all((ROOT / link).is_file() and link.parent.name == name for link in linked), name
        assert linked[1].name == linked[0].name.partition(".")[0] + ".json"
