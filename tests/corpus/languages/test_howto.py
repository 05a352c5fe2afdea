"""docs/howto/add-a-language.md, followed to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import Stemmer

from corpus.dates import find_dates, parse_date
from corpus.languages import LanguagePack, add_pack, identify, remove_pack

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "add-a-language.md"


@pytest.fixture
def swedish(tmp_path: Path) -> Iterator[LanguagePack]:
    block = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    path = tmp_path / "sv.yaml"
    path.write_text(block[1], encoding="utf-8")
    yield add_pack(path)
    remove_pack("sv")


def test_the_pack_of_the_page_works(swedish: LanguagePack) -> None:
    assert swedish.iso == "sv"
    assert swedish.stemmer in Stemmer.algorithms()
    assert swedish.sections.topic("Politik") == "medtop:11000000"
    assert "Utrikes" in swedish.sections
    found = parse_date("Publicerad 24 juni 2024 kl 16.28", "sv")
    assert found is not None
    assert found.iso == "2024-06-24T16:28"
    assert [one.iso for one in find_dates("3 maj 2024", "sv")] == ["2024-05-03"]
    ago = parse_date("för 2 timmar sedan", "sv", captured="2024-06-24T16:28")
    assert ago is not None
    assert ago.iso == "2024-06-24T14:28"
    assert identify("Ministern invigde en ny bro över floden").code == "sv"
    assert swedish.entities.legal_forms == ("AB",)
