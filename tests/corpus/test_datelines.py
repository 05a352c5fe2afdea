"""Datelines as agencies of fourteen languages print them (datelines.txt)."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.layout import find_dateline

ROWS = [
    tuple(part.strip() for part in line.split(" | "))
    for line in (Path(__file__).parent / "datelines.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "text", "place", "agency"), ROWS, ids=lambda part: part[:24])
def test_dateline(language: str, text: str, place: str, agency: str) -> None:
    found = find_dateline(f"{text} of the island, 24 of them.", language)
    got = (found.place, found.agency or "-") if found else ("-", "-")
    assert got == (place, agency)
