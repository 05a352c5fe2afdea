"""Spelling and completion from a list of words."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.matching import within
from indexer.query.suggest import Suggester, edits, written

WORDS = [
    ("minister", 900), ("ministerium", 300), ("minsk", 800), ("mister", 5), ("lukaschenko", 400), ("лукашенко", 700),
    ("gesprache", 250), ("gesprach", 300), ("переговоры", 500), ("a", 9000), ("2024", 3000), ("minizter", 1),
    ("haus", 100), ("maus", 90), ("laus", 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ministr", "minister"), ("Lukaschenka", "lukaschenko"), ("лукашенка", "лукашенко"), ("GESPRÄHE", "gesprache"),
        ("minister", None), ("mnisk", "minsk"), ("xyzzy", None), ("переговри", "переговоры"), ("hau", "haus"),
        ("minizter", "minister"), ("", None), ("ab", None), ("haus", None),
    ],
)  # fmt: skip
def test_the_nearest_frequent_word_is_suggested(typed: str, expected: str | None) -> None:
    found = Suggester(WORDS).spell(typed)
    assert (found[0][0] if found else None) == expected


def test_a_query_is_respelled_as_a_whole() -> None:
    assert Suggester(WORDS).query('"Ministr in Minsk" -haus') == '"minister in Minsk" -haus'
    assert Suggester(WORDS).query("Minister Minsk") is None


@pytest.mark.parametrize(
    ("text", "lost", "expected"),
    [
        ("ministr haux", ["ministr"], "minister haux"),  # haux is found by a form of it
        ("ministr:x Minskk", ["Minskk"], "ministr:x Minsk"),
        ("source:ministr", [], None),
        ("E-Minskk", ["E-Minskk"], None),
        ('"ministr minskk"', ['"ministr minskk"'], '"minister minsk"'),
    ],
)
def test_only_what_was_not_found_is_respelled(text: str, lost: list[str], expected: str | None) -> None:
    found = Suggester(WORDS).query(text, lost)
    assert (found and found.casefold()) == (expected and expected.casefold())


def test_completion_gives_the_most_frequent() -> None:
    suggester = Suggester(WORDS)
    assert [word for word, _ in suggester.complete("Min", 2)] == ["minister", "minsk"]
    assert suggester.complete("") == []
    assert suggester.complete("q") == []


def test_suggestions_are_fast_on_a_large_archive() -> None:
    letters = "abcdefghijklmnopqrst"
    terms = [(f"{a}{b}{c}{d}{e}"[:5], i % 977 + 2) for i, (a, b, c, d, e) in enumerate(
        (a, b, c, d, e) for a in letters for b in letters for c in letters for d in letters for e in "aeiou"
    )]  # fmt: skip
    suggester = Suggester(terms)
    assert len(suggester) > 300_000
    start = time.perf_counter()
    for _ in range(5):
        suggester.complete("a")
    assert (time.perf_counter() - start) / 5 < 0.2  # a goal of 20 ms, with room for a busy machine
    assert suggester.spell("abcdu")
    start = time.process_time()
    for typed in ("abcdu", "bbbzz", "stoqr", "trona", "mnopp"):
        suggester.spell(typed)
    assert (time.process_time() - start) / 5 < 0.1  # the same


def test_a_word_is_shown_as_it_is_written() -> None:
    assert written("Die ersten Gespräche.", "gesprache") == "Gespräche"
    assert written("Nichts", "gesprache") is None


@given(st.text("abc", max_size=6), st.lists(st.text("abc", min_size=4, max_size=4), min_size=1))
def test_edits_of_many_words_are_those_of_each(typed: str, words: list[str]) -> None:
    codes = np.array([[ord(c) for c in word] for word in words], np.uint32)
    found = edits(typed, codes).tolist()
    for word, distance in zip(words, found, strict=True):
        assert within(typed, word, distance)
        assert not distance or not within(typed, word, distance - 1)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 3))
def test_edits_are_counted_both_ways_alike(a: str, b: str, most: int) -> None:
    assert within(a, b, most) == within(b, a, most)
    assert within(a, a, 0)
    assert not within(a, b, most) or within(a, b, most + 1)
