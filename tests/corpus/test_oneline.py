"""Pages on one line, and lines whose paragraphs stand together without a space."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.languages import pack
from corpus.layout import read_page
from corpus.layout.oneline import is_glued, numbered_pieces, only_line
from corpus.layout.phrases import phrases_for
from corpus.layout.repeated import repeated_titles

STORY = (
    "The ferry Grete ran aground off Vinga on Monday night with nobody on board but the cook.",
    "He had been asleep, and made breakfast for the rescuers before he left the ship in the morning.",
    "An inquiry begins on Thursday in Gothenburg, the harbour office said, and the cook will be heard first.",
)


def pieces(text: str, language: str = "en") -> list[str]:
    return [piece for _, _, piece in numbered_pieces(text, phrases_for(language), pack(language))]


def test_a_page_with_lines_is_left_alone() -> None:
    assert numbered_pieces("\n\n".join(STORY), phrases_for("en"), pack("en")) == []


@pytest.mark.parametrize("glue", ["", "\n"])
def test_paragraphs_without_a_space_between_them_are_parted(glue: str) -> None:
    text = "Menu\nShip aground off Vinga\n14 March 2023, 09:20\n" + glue.join(STORY)
    assert is_glued(glue.join(STORY)) == (glue == "")
    (page,) = read_page(text, "en")
    assert page.title is not None
    assert page.title.value == "Ship aground off Vinga"
    assert page.body == STORY
    assert page.body_line == 4


def test_names_in_the_midst_of_a_line_are_no_glue() -> None:
    assert not is_glued("McDonald and WhatsApp and YouTube said so in the U.S. and elsewhere. " * 9)


def test_one_line_is_parted_at_buttons_dates_and_sentences() -> None:
    menu = "Home News Sport Sign in Ship aground off Vinga 14 March 2023, 09:20 Share Print"
    text = " ".join([menu, *STORY * 6])
    assert only_line(text) == 1
    found = pieces(text)
    assert {"Sign in", "Ship aground off Vinga", "14 March 2023, 09:20", "Share", "Print", *STORY} <= set(found)
    (page,) = read_page(text, "en")
    assert page.title is not None
    assert page.title.value == "Ship aground off Vinga"
    assert page.date is not None
    assert page.date.iso == "2023-03-14T09:20"
    assert page.body == (" ".join(STORY * 6),)


def test_no_word_is_lost() -> None:
    text = "Home Sport 24 June 2024, 16:28 the boat was lost. Share By Anna Berg In the fog it went down. Print " * 40
    assert " ".join(pieces(text)).split() == text.split()


LIGHTHOUSE = "Lighthouse of Osk sold to two growers"
SOLD = (
    "The council of Osk sold the old lighthouse on Monday to two growers of leeks, the harbour office said.",
    "Nobody else had made an offer, and the light will stay on for the ships of the harbour at night.",
    "The growers will sell their leeks at the foot of the lighthouse, where the market of Osk stands on Saturdays.",
)


@pytest.mark.parametrize("heading", [LIGHTHOUSE, LIGHTHOUSE.upper()])
def test_the_title_of_one_line_is_what_the_title_element_says_too(heading: str) -> None:
    head = f"{LIGHTHOUSE} | Osk Courier Home Harbour Markets Ferry Fish Tides {heading} Anna Berg"
    text = " ".join([head, "14 March 2023, 09:20", *SOLD * 6, "Ferry late again Fish market moves"])
    assert [said.casefold() for said in repeated_titles(text)] == [LIGHTHOUSE.casefold()]
    (page,) = read_page(text, "en")
    assert page.title is not None
    assert page.title.value == heading
    assert page.date is not None
    assert page.date.iso == "2023-03-14T09:20"
    assert page.body[0].startswith(" ".join(SOLD))


def test_a_menu_said_twice_is_no_title() -> None:
    menu = "Harbour News Markets Fish Ferry Tides Council"
    text = " ".join([menu, LIGHTHOUSE, "14 March 2023, 09:20", *SOLD * 6, menu])
    assert repeated_titles(text) == [menu]
    (page,) = read_page(text, "en")
    assert page.title is None or menu not in page.title.value


def test_glued_pages_and_pages_of_lines_say_their_title_twice_too() -> None:
    glued = f"{LIGHTHOUSE} - Osk CourierHomeHarbour{LIGHTHOUSE}14 March 2023, 09:20{''.join(SOLD * 6)}"
    lines = [f"{LIGHTHOUSE} - Osk Courier", "Home", LIGHTHOUSE, "Two growers of leeks buy the lighthouse of Osk", *SOLD]
    for text in (glued, "\n".join(lines)):
        (page,) = read_page(text, "en")
        assert page.title is not None
        assert page.title.value == LIGHTHOUSE


@given(st.text("aB c\n|", max_size=200), st.text("Lighthouse ", min_size=20, max_size=60))
def test_what_is_repeated_stands_on_the_page(text: str, title: str) -> None:
    for said in repeated_titles(f"{title}{text}{title}{text}"):
        assert said in f"{title}{text}{title}{text}"
