"""The page the project began with, in every dress it may come in."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import read

SEED = Path(__file__).parents[4] / "shared" / "data" / "seed" / "belta_de.txt"
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="../shared/data/seed is not there")

DRESSES: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "bom": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-16 without mark": lambda text: text.encode("utf-16-le"),
    "windows-1252": lambda text: text.encode("cp1252"),
    "no empty lines": lambda text: "\n".join(line for line in text.split("\n") if line).encode(),
    "twice the empty lines": lambda text: text.replace("\n", "\n\n").encode(),
    "indented": lambda text: "\n".join("    " + line for line in text.split("\n")).encode(),
    "mojibake": lambda text: text.encode().decode("cp1252").encode(),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_seed_page(dress: str, tmp_path: Path) -> None:
    original = SEED.read_text(encoding="utf-8")
    page = tmp_path / "belta_de.txt"
    page.write_bytes(DRESSES[dress](original))
    items = list(read([page]))
    assert len(items) == 1
    article = items[0]
    assert isinstance(article, Article)
    paragraphs = [line for line in original.split("\n") if len(line) > 100]
    assert len(paragraphs) == 7
    assert article.body == "\n\n".join(paragraphs)
    assert article.title == "Alejnik und Lawrow führen Gespräche in Minsk"
    assert (article.language, article.section) == ("de", "Politik")
    assert (article.published, article.precision) == ("2024-06-24T16:28", "minute")
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.agency) == ("MINSK", "BelTA")
    assert article.provenance.file == str(page)


def test_seed_provenance() -> None:
    (article,) = read([SEED])
    assert isinstance(article, Article)
    lines = {name: origin.line for name, origin in article.provenance.fields.items() if origin.line}
    assert {"title": 9, "published": 7, "section": 6, "body": 11, "dateline": 11}.items() <= lines.items()
    assert any("2024-11-22" in note for note in article.provenance.notes), "the crawl date is told, and not as the date"
    assert [lost.line for lost in article.provenance.stripped] == [1, 2, 3, 4, 5, 24, 25, 26]
    assert all(lost.why for lost in article.provenance.stripped)
