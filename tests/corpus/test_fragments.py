"""Sentences broken at links and bold words are put together; lists, menus and whole paragraphs stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.languages import pack
from corpus.layout import read_page
from corpus.layout.fragments import mended

BROKEN = """Osk Courier
Home
Harbour
Lighthouse of Osk sold to leek growers
14 March 2023, 09:20
The old lighthouse was sold on Monday,
the harbour office
said. The buyers,
Anna Berg
and
Jan Thal
, grow leeks and sell them at the
Market of Osk
on Saturdays.
T
he light will stay on, as the
2019 agreement with the coast guard
demands. “We like ships
,” Berg said.
Nobody else had made an offer to the
Board of Lights
.
Read also
Ferry late again
Fish market moves
© 2023 Osk Courier"""
WANTED = (
    "The old lighthouse was sold on Monday, the harbour office said. The buyers, Anna Berg and Jan Thal, grow leeks "
    "and sell them at the Market of Osk on Saturdays.",
    "The light will stay on, as the 2019 agreement with the coast guard demands. “We like ships,” Berg said.",
    "Nobody else had made an offer to the Board of Lights.",
)


def test_a_page_broken_at_its_links() -> None:
    (page,) = read_page(BROKEN, "en")
    assert page.title is not None
    assert page.title.value == "Lighthouse of Osk sold to leek growers"
    assert page.body == WANTED
    assert page.body_line == 6


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"menu entry {n}" for n in range(30)),
        "\n".join(["The ferry left at nine.", "It came back at ten.", "Nobody was on board but the cook."] * 9),
        "\n".join(
            ["Ferry late again", "iPhone found at sea", "www.osk.example", "* and a list", "* of small words"] * 9
        ),
        "",
    ],
)
def test_other_pages_stay(text: str) -> None:
    rows = list(enumerate(text.split("\n"), 1))
    assert mended(rows, pack("en").stop_words) == rows


@given(st.text("aB .,\n*“", max_size=400))
def test_no_character_is_lost(text: str) -> None:
    rows = list(enumerate(text.split("\n"), 1))
    found = mended(rows, pack("en").stop_words)
    assert "\n".join(row for _, row in found) == text
    assert [number for number, _ in found] == sorted({number for number, _ in found})
