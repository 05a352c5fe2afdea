"""Stories: copies by shingles, language editions by entities and numbers, and what must not be joined."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, Provenance
from indexer.knowledge.stories import Story, StoryFinder, differences, numbers, sketch

WORDS = [f"wort{n}" for n in range(3000)]
DAY = 739_000


def article(identity: str, body: str, language: str = "de") -> Article:
    return Article(identity, "", body, language, Provenance("file", "test"))


def text(seed: int, count: int = 200) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(count))


def grouped(rows: list[tuple[Article, int, list[str]]]) -> list[list[str]]:
    finder = StoryFinder()
    for one, day, entities in rows:
        finder.add(one, sketch(one), day, entities)
    return [[member.id for member in story.members] for story in finder.finish()]


def changed(body: str, share: float, seed: int = 1) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in body.split())


@pytest.mark.parametrize(
    "variant",
    [
        lambda body: "BERLIN (dpa) - " + body,
        lambda body: " ".join(body.split()[: len(body.split()) * 2 // 3]),
        lambda body: changed(body, 0.05),
        lambda body: changed(body, 0.12),
        lambda body: "Lesen Sie auch " + body + " Abonnieren Sie uns",
    ],
    ids=["dateline", "cut", "five-percent", "twelve-percent", "furniture"],
)
def test_copies_are_found_and_the_earliest_comes_first(variant) -> None:  # type: ignore[no-untyped-def]
    rows = [(article(str(n), text(n)), DAY, []) for n in range(30)]
    rows.append((article("copy", variant(text(7))), DAY + 1, []))
    assert grouped(rows) == [["7", "copy"]]


def test_reports_of_one_pattern_about_other_things_stay_apart() -> None:
    pattern = text(3, 60)
    a = article("a", f"{pattern} {text(10, 60)} 112 Boote, 354 Leute, 987 Euro {text(11, 40)}")
    b = article("b", f"{pattern} {text(20, 60)} 221 Boote, 431 Leute, 765 Euro {text(21, 40)}")
    assert grouped([(a, DAY, []), (b, DAY, [])]) == []


def test_editions_share_entities_and_numbers_within_days() -> None:
    shared = ["person:a", "person:b", "place:c", "organisation:d"]
    rows = [
        (article("de", text(1) + " 430 Kilometer, 1250 Euro"), DAY, shared),
        (article("ru", text(2) + " 430 километров, 1250 евро", "ru"), DAY + 1, shared),
        (article("late", text(3) + " 430 1250", "pl"), DAY + 30, shared),
        (article("other", text(4) + " 77", "pl"), DAY, ["person:a", "place:x"]),
    ]
    rows += [(article(f"n{n}", text(100 + n), "en"), DAY, [f"person:{n}"]) for n in range(20)]
    assert grouped(rows) == [["de", "ru"]]


def test_numbers_lose_their_marks_and_years_are_none() -> None:
    assert numbers("Im Jahr 2024 kamen 1.250 Leute, 60 000 Euro und 7 Hunde; 3,5 Prozent") == {"1250", "60000", "35"}


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_a_sketch_is_small_sorted_and_always_the_same(body: str) -> None:
    one, two = sketch(article("a", body)), sketch(article("b", body))
    assert len(one.hashes) <= 64
    assert bool(np.all(np.diff(one.hashes.astype(object)) > 0)) if len(one.hashes) > 1 else True
    assert np.array_equal(one.hashes, two.hashes)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_differences_give_back_both_texts(a: str, b: str) -> None:
    steps = differences(a, b)
    assert "".join(left for _, left, _ in steps) == a
    assert "".join(right for _, _, right in steps) == b
    assert all((tag == "equal") == (left == right) for tag, left, right in steps)


def test_nothing_makes_no_story() -> None:
    assert StoryFinder().finish() == ()
    assert grouped([(article("a", ""), 0, []), (article("b", ""), 0, [])]) == []
    assert isinstance(Story("story:a", ()), Story)
