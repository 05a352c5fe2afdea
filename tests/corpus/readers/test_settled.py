"""Where the article begins and ends, when the blocks of a page and its layout reading differ."""

from __future__ import annotations

import pytest

from corpus.readers.settled import is_doubtful, settle, without_teasers

FIRST = ("p", "The ferry Grete ran aground off Vinga on Monday night with nobody on board but the cook.")
SECOND = ("p", "The cook, who had been asleep, made breakfast for the rescuers before he left the ship.")
MENU = [("p", "Sign in"), ("p", "Weather"), ("p", "Today's paper")]
COMMENTS = [
    ("p", "2 hours ago"),
    ("p", "A cook like that should be given the bridge of the whole fleet."),
    ("p", "3 hours ago"),
    ("p", "I sailed with him in 1999 and the porridge was splendid even then."),
]


def paragraphs(*blocks: tuple[str, str]) -> list[str]:
    return [text for _, text in blocks]


def test_menus_and_comments_around_the_article_are_cut() -> None:
    blocks = [*MENU, FIRST, SECOND, *COMMENTS]
    assert is_doubtful(blocks)
    kept, left_out = settle(blocks, paragraphs(FIRST, SECOND))
    assert kept == [FIRST, SECOND]
    assert left_out == [*MENU, *COMMENTS]


def test_sentences_beyond_the_layouts_end_stay() -> None:
    third = ("p", "An inquiry begins on Thursday, the harbour office said.")
    assert settle([FIRST, SECOND, third], paragraphs(FIRST, SECOND)) == ([FIRST, SECOND, third], [])


def test_numbered_lines_between_sentences_stay() -> None:
    ranking = [("p", f"{n}. {place}") for n, place in enumerate(("Vinga", "Ursholmen", "Hallands Väderö"), 1)]
    blocks = [FIRST, SECOND, *ranking, SECOND]
    assert settle(blocks, paragraphs(FIRST, SECOND))[0] == blocks


def test_one_block_of_everything_gives_way_to_the_layouts_paragraphs() -> None:
    third = ("p", "An inquiry begins on Thursday.")
    glued = ("p", " ".join(paragraphs(("p", "Grete aground"), FIRST, SECOND, third)))
    assert settle([glued, ("p", "Ten most read")], paragraphs(FIRST, SECOND, third))[0] == [FIRST, SECOND, third]


def test_teasers_alone_give_way_to_the_article() -> None:
    teasers = [("p", f"Ship number {n} arrives in the harbour") for n in range(9)]
    assert settle(teasers, paragraphs(FIRST)) == ([FIRST], teasers)


@pytest.mark.parametrize("shown", [[], ["no sentence"], ["A sentence of quite another page."]])
def test_without_agreement_nothing_changes(shown: list[str]) -> None:
    blocks = [*MENU, FIRST, SECOND]
    assert settle(blocks, shown) == (blocks, [])


def test_headings_with_no_sentence_below_are_other_articles() -> None:
    teasers = [block for n in range(3) for block in (("head", f"Ship {n} arrives"), ("list", f"09:3{n}"))]
    assert without_teasers([FIRST, SECOND, *teasers]) == ([FIRST, SECOND], teasers)
    results = [("list", f"Boat {n}, 1:0{n}") for n in range(9)]
    assert without_teasers([FIRST, *results]) == ([FIRST, *results], [])
