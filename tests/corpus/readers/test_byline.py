"""Author fields as houses fill them, and agencies behind the last sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import read
from corpus.readers.byline import people


@pytest.mark.parametrize(
    ("field", "persons"),
    [
        ("By Cora Mankell, Reuters", ["Cora Mankell"]),
        ("BY CORA MANKELL, Associated Press Writer", ["CORA MANKELL"]),
        ("By Mark O'Dowd and Ruth van der Meer", ["Mark O'Dowd", "Ruth van der Meer"]),
        ("Von Anna Berg", ["Anna Berg"]),
        ("von Anna Berg und Jan Thal, dpa", ["Anna Berg", "Jan Thal"]),
        ("Автор: Пётр Горский", ["Пётр Горский"]),
        ("Autorka: Ewa Lis", ["Ewa Lis"]),
        ("Di Maria", ["Di Maria"]),
        ("Von der Tann", ["Von der Tann"]),
        ("Berg, Anna", ["Berg, Anna"]),
        ("Marks and Spencer", ["Marks and Spencer"]),
        ("Bythell", ["Bythell"]),
        ("By Staff", ["Staff"]),
        ("By Cora Mankell, Harbour Courier Political Correspondent", ["Cora Mankell"]),
        ("By dpa correspondents", []),
        ("Geir Molde / hafen.example", ["Geir Molde"]),
        ("Cora Mankell/dpa", ["Cora Mankell"]),
        ("gr/bp", []),
        ("and Cora Mankell", ["Cora Mankell"]),
        ("y Cora Mankell", ["Cora Mankell"]),
        ("Cora Mankell (http://mankell.example/)", ["Cora Mankell"]),
        ("(Image: Mankell/iStock)", []),
        ("cora@hafen.example", []),
        ("104363", []),
        ("berg.anna", []),
        ("tagesblatt", ["tagesblatt"]),
        ("", []),
    ],
)
def test_the_persons_of_an_author_field(field: str, persons: list[str]) -> None:
    assert people(field) == persons


@pytest.mark.parametrize(
    ("body", "kept", "agency"),
    [
        ("Prices fell.\n\nNobody was hurt, they said. Reuter", "Prices fell.\n\nNobody was hurt, they said.", "Reuter"),
        ("Niemand wurde verletzt.\ndpa", "Niemand wurde verletzt.", "dpa"),
        ("Nobody was hurt, the farmers told Reuters", "Nobody was hurt, the farmers told Reuters", None),
        ("He sang. Hallelujah", "He sang. Hallelujah", None),
    ],
)
def test_an_agency_behind_the_last_sentence_is_stripped(
    body: str, kept: str, agency: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"title": "Wheat prices fall", "body": body}), encoding="utf-8")
    article = next(iter(read([path])))
    assert isinstance(article, Article)
    assert article.body == kept
    assert [part.text for part in article.provenance.stripped] == ([agency] if agency else [])
