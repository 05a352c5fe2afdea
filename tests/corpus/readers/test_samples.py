"""The demo archive is read as its hand-kept table says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import corpus.samples
from corpus.article import Article
from corpus.readers import read

SAMPLES = Path(next(iter(corpus.samples.__path__)))
GOLD = SAMPLES / "gold.yaml"
pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="the table of the demo archive is not installed")


def table() -> dict[tuple[str, str], dict[str, Any]]:
    rows = yaml.safe_load(GOLD.read_text(encoding="utf-8"))["articles"]
    return {(row["file"], str(row.get("member") or "")): row for row in rows}


def test_every_article_of_the_demo_archive() -> None:
    gold = table()
    seen: set[tuple[str, str]] = set()
    wrong: list[str] = []
    for item in read([SAMPLES]):
        if not isinstance(item, Article):
            continue
        file = str(Path(item.provenance.file).relative_to(SAMPLES))
        key = (file, "") if (file, "") in gold else (file, str(item.provenance.line))
        if key not in gold:
            continue
        seen.add(key)
        row = gold[key]
        got = {
            "language": item.language,
            "title": item.title,
            "published": (item.published or "")[: len(row["published"])],
            "section": item.section,
            "paragraphs": len(item.body.split("\n\n")),
        }
        wrong += [
            f"{file}: {name} {value!r}, not {row.get(name)!r}" for name, value in got.items() if value != row.get(name)
        ]
    assert not wrong
    assert seen == set(gold)
