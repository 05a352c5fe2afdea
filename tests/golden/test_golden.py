"""Golden pairs: for every input under tests/golden/<format>/ the JSON beside it says what must be read.

A new pair: write the input, run `NEWSDEX_GOLDEN=write pytest tests/golden`, read the JSON with care, commit both.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article
from corpus.languages import BUILT_IN
from corpus.readers import READERS, read

HERE = Path(__file__).parent
LANGUAGES_OF = {"textdump": BUILT_IN, "jsonlines": ("be", "de", "zh"), "html": ("de", "en", "ru")}
"""Languages each format must have a pair in; every other format needs one pair at least."""


def inputs() -> list[Path]:
    """Every file of a format's folder that is not itself an expectation."""
    folders = [path for path in sorted(HERE.iterdir()) if path.is_dir() and path.name != "__pycache__"]
    found = [path for folder in folders for path in sorted(folder.iterdir())]
    return [path for path in found if path.is_file() and not is_expectation(path) and path.suffix != ".yaml"]


def is_expectation(path: Path) -> bool:
    return path.suffix == ".json" and not path.name.endswith(".in.json")


def expectation(path: Path) -> Path:
    return path.with_name(path.name.partition(".")[0] + ".json")


def seen(path: Path) -> dict[str, Any]:
    """What the readers see, with paths cut to the folder's."""
    articles, rejected = [], []
    for item in read([path]):
        facts = item.as_json()
        if isinstance(item, Article):
            facts["provenance"]["file"] = path.name
            facts["notes"] = list(item.provenance.notes)
            facts["stripped"] = [lost.as_json() for lost in item.provenance.stripped]
            articles.append(facts)
        else:
            facts["file"] = path.name
            rejected.append(facts)
    return {"articles": articles, "rejected": rejected}


@pytest.mark.parametrize("path", inputs(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pair(path: Path) -> None:
    got = seen(path)
    wanted = expectation(path)
    if os.environ.get("NEWSDEX_GOLDEN") == "write":
        wanted.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert wanted.is_file(), f"{wanted} is missing: what must be read from {path.name}?"
    assert got == json.loads(wanted.read_text(encoding="utf-8"))


def test_every_expectation_has_an_input() -> None:
    wanted = {expectation(path) for path in inputs()}
    lonely = [path for path in HERE.glob("*/*.json") if is_expectation(path) and path not in wanted]
    assert not lonely, f"no input for {lonely}"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_every_format_has_pairs(reader: Any) -> None:
    names = [path.name for path in inputs() if path.parent.name == reader.name]
    assert names, f"tests/golden/{reader.name}/ has no pair; every reader needs one"
    missing = [code for code in LANGUAGES_OF.get(reader.name, ()) if not any(n.startswith(f"{code}-") for n in names)]
    assert not missing, f"tests/golden/{reader.name}/ has no pair in {', '.join(missing)}"
