"""Broken paragraphs become one line again; what was not broken stays as it is."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.layout import read_page
from corpus.layout.lines import split_lines
from corpus.layout.unwrap import column_of, unwrap, without_browser_marks


@given(st.integers(0, 2**32), st.integers(60, 100), st.sampled_from(["", "   "]))
def test_what_was_broken_is_joined(seed: int, width: int, indent: str) -> None:
    chance = random.Random(seed)
    counts = [chance.randint(40, 90) for _ in range(chance.randint(4, 8))]
    wanted = [" ".join("zaubertrankes"[: chance.randint(2, 11)] for _ in range(count)) for count in counts]
    text = "\n\n".join(textwrap.fill(one, width, initial_indent=indent, subsequent_indent=indent) for one in wanted)
    lines = split_lines(text)
    assert [line.text for line in lines] == wanted
    rows = text.split("\n")
    for line in lines:
        begin = line.number - 1
        assert "\n".join(rows[begin : begin + line.raw.count("\n") + 1]) == line.raw, "kept as it stands"


@given(st.text("ab .\n*[]1", max_size=800))
def test_no_character_is_lost(text: str) -> None:
    found = unwrap(text)
    assert "\n".join(line for _, line in found) == text
    assert [number for number, _ in found] == sorted({number for number, _ in found})


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"Headline number {n} of a list that a page shows beside others" for n in range(40)),
        "\n".join("A sentence of its own that ends where its line ends, as poems do." for _ in range(40)),
        "\n".join("A line of running text that is far longer than any tool would make it. " * 4 for _ in range(20)),
        "One. Two.\nThree.",
        "",
    ],
)
def test_what_was_not_broken_stays(text: str) -> None:
    assert column_of(text.split("\n")) == 0
    assert unwrap(text) == list(enumerate(text.split("\n"), 1))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[1]Home [2]News [3] Sport\n[4]Tides [5]Subscribe", "Home News Sport\nTides Subscribe"),
        ("As was shown,[3] and again,[3] by others[1] and [7] here[2] too[9].", None),
        ("one [1] two", None),
        ("[1](a) [2](b) [3](c) [4](d) [5](e)", None),
    ],
)
def test_numbers_of_links(text: str, wanted: str | None) -> None:
    assert without_browser_marks(text) == (text if wanted is None else wanted)


def test_headings_beyond_the_column_and_deeper_lines_do_not_hide_it() -> None:
    title = "Lighthouse of Osk sold to a couple who grow leeks and vegetables all winter"
    story = (
        "The old lighthouse of Osk has been sold to a couple who grow leeks; its light stays on for ships. " * 3
    )
    page = ["#[1]Osk Courier [2]alternate", "", "     * [3]News", "     * [4]Harbour and tides", "", title, ""]
    for number in range(5, 13):
        page += textwrap.wrap(f"{story}[{number}]Nobody spoke.", 72, initial_indent="   ", subsequent_indent="   ")
        page += [""]
    page += ["References", "", *(f"  {n}. https://osk.example/{n}?text=a long address {n}" for n in range(1, 13))]
    (read,) = read_page("\n".join(page), "en")
    assert read.title is not None
    assert read.title.value == title
    assert read.body == (f"{story}Nobody spoke.",) * 8


def test_lines_of_wide_characters_are_joined_without_a_blank() -> None:
    story = "海州铁路局周三宣布连接海州与山口的高速铁路将于九月正式通车全程不到两个小时车票从下月起发售" * 6
    rows = [story[place : place + 39] for place in range(0, len(story), 39)]
    (line,) = split_lines("\n".join(rows))
    assert line.text == story
