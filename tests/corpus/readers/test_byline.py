"""Author fields as houses fill them, and the persons in them."""

from __future__ import annotations

import pytest

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
        ("tagesblatt", ["tagesblatt"]),
        ("", []),
    ],
)
def test_the_persons_of_an_author_field(field: str, persons: list[str]) -> None:
    assert people(field) == persons
