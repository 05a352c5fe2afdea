"""Stories: copies by shingles, language editions by what they name, and what must not be joined."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.article import Article, Provenance
from indexer.knowledge import copies
from indexer.knowledge.columns import Ragged
from indexer.knowledge.sketches import NONE, SIZE, Sketch, numbers, sketch, words
from indexer.knowledge.stories import Story, StoryFinder, Told

WORDS = [f"wort{n}" for n in range(3000)]
DAY = 739_000

Row = tuple[Told, str, list[str]]
"""An article, its body, and the ids of its entities."""


def row(identity: str, body: str, language: str = "de", day: int = DAY, names: str = "", **more: object) -> Row:
    return Told(identity, language, day=day, **more), body, names.split()  # type: ignore[arg-type]


def text(seed: int, count: int = 200) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(count))


def sketched(body: str) -> Sketch:
    return sketch(Article("a", "", body, "de", Provenance("file", "test")))


def stories(rows: list[Row]) -> tuple[Story, ...]:
    finder = StoryFinder()
    for told, body, entities in rows:
        finder.add(told, sketched(body), entities)
    return finder.finish()


def grouped(rows: list[Row]) -> list[list[str]]:
    return [[member.id for member in story.members] for story in stories(rows)]


def changed(body: str, share: float, seed: int = 1) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in body.split())


VARIANTS: dict[str, Callable[[str], str]] = {
    "dateline": lambda body: "BERLIN (dpa) - " + body,
    "cut": lambda body: " ".join(body.split()[: len(body.split()) * 2 // 3]),
    "lead": lambda body: text(99, 30) + " " + " ".join(body.split()[30:]),
    "five percent": lambda body: changed(body, 0.05),
    "fifteen percent": lambda body: changed(body, 0.15),
    "furniture": lambda body: "Lesen Sie auch " + body + " Abonnieren Sie uns",
    "letters": lambda body: body.upper(),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_copies_are_found_and_the_earliest_comes_first(name: str) -> None:
    rows = [row(str(n), text(n)) for n in range(30)]
    rows.append(row("copy", VARIANTS[name](text(7)), day=DAY + 1))
    assert grouped(rows) == [["7", "copy"]]


def test_copies_without_spaces_between_words_are_found() -> None:
    body = "".join(chr(0x4E00 + ord(word[-1]) * 7 + len(word)) + word[-2:] for word in text(5).split())
    assert grouped([row("a", body), row("b", "【北京】" + body[:-60])]) == [["a", "b"]]


def test_a_thousand_prints_of_one_report_are_one_story() -> None:
    rows = [row(f"{n:04d}", changed(text(1), 0.03, seed=n), day=DAY + n % 3) for n in range(1000)]
    assert [len(found) for found in grouped(rows)] == [1000]


def test_reports_of_one_pattern_about_other_things_stay_apart() -> None:
    pattern = text(3, 60)
    a = row("a", f"{pattern} {text(10, 60)} 112 Boote, 354 Leute, 987 Euro {text(11, 40)}")
    b = row("b", f"{pattern} {text(20, 60)} 221 Boote, 431 Leute, 765 Euro {text(21, 40)}")
    assert grouped([a, b]) == []


@pytest.mark.parametrize(
    ("names", "days", "joined"),
    [
        ("person:c place:minsk-by", 5, False),
        ("person:a place:minsk-by", 5, True),
        ("place:minsk-by", 5, True),  # nobody is named: the text alone tells
        ("person:c place:minsk-by", 0, True),  # of one day: a name may be one that was misread
    ],
)
def test_reports_of_one_pattern_about_other_people_stay_apart(names: str, days: int, joined: bool) -> None:
    body = text(5)
    rows = [row("a", body, names="person:a place:minsk-by"), row("b", changed(body, 0.03), day=DAY + days, names=names)]
    assert bool(grouped(rows)) is joined


def test_one_form_filled_in_again_is_no_copy() -> None:
    form = text(3, 120) + " Dollar {} Franken {} Zloty {} Yuan {}"
    rates = [(91, 104, 430, 720), (93, 106, 433, 727)]
    assert grouped([row(str(day), form.format(*rate), day=DAY + day) for day, rate in enumerate(rates)]) == []
    assert grouped([row("a", form.format(*rates[0])), row("b", "Berlin. " + form.format(*rates[0]))]) == [["a", "b"]]


NAMES = "person:a person:b place:c organisation:d"
FIGURES = " 430 Kilometer, 1250 Euro"


def others() -> list[Row]:
    return [row(f"n{n}", text(100 + n), "en", names=f"person:{n}") for n in range(20)]


def test_editions_share_entities_and_numbers_within_days() -> None:
    rows = [
        row("de", text(1) + FIGURES, names=NAMES),
        row("ru", text(2) + FIGURES, "ru", DAY + 1, NAMES),
        row("late", text(3) + FIGURES, "pl", DAY + 30, NAMES),
        row("other", text(4) + " 77", "pl", names="person:a place:x"),
    ]
    assert grouped(rows + others()) == [["de", "ru"]]


@pytest.mark.parametrize("names", ["person:a", "person:a person:b", "place:c", "person:a place:c", ""])
def test_a_weak_signal_never_joins(names: str) -> None:
    rows = [row("de", text(1), names=names), row("ru", text(2), "ru", names=names)]
    assert grouped(rows + others()) == []


def test_two_reports_that_match_equally_well_are_left_alone() -> None:
    rows = [row("de", text(1) + FIGURES, names=NAMES)]
    rows += [row(f"ru{n}", text(2 + n) + FIGURES, "ru", names=NAMES) for n in range(2)]
    assert grouped(rows + others()) == []


def test_kinds_follow_language_and_source() -> None:
    body = text(1) + FIGURES
    rows = [
        row("first", body, names=NAMES, source="Agentur", minute=600),
        row("again", body + " Nachtrag folgt", names=NAMES, source="Agentur", minute=700),
        row("paper", "Berlin " + body, names=NAMES, source="Zeitung", day=DAY + 1),
        row("ru", text(2) + FIGURES, "ru", names=NAMES, source="Агентство", minute=800),
    ]
    (story,) = stories(rows + others())
    assert story.id == "story:first"
    assert [(one.id, one.kind) for one in story.members] == [
        ("first", "original"), ("again", "update"), ("ru", "edition"), ("paper", "copy"),
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_adding_says_nothing(rng: random.Random) -> None:
    rows = [row(f"{n}", changed(text(n % 6), 0.1, seed=n), day=DAY + n % 4, names=f"person:{n % 6}") for n in range(18)]
    rows += [row("de", text(31) + FIGURES, names=NAMES), row("ru", text(32) + FIGURES, "ru", DAY + 1, NAMES)]
    expected = stories(rows)
    rng.shuffle(rows)
    assert stories(rows) == expected


# Against the obvious way


def shingles(body: str) -> set[tuple[str, ...]]:
    found = words(body)
    return {tuple(found[i : i + 3]) for i in range(len(found) - 2)}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.floats(0, 0.6), min_size=2, max_size=8), st.integers(40, 400))
def test_pairs_are_those_of_exact_resemblance(seed: int, shares: list[float], length: int) -> None:
    bodies = [changed(text(seed + n % 3, length), share, seed=n) for n, share in enumerate(shares)]
    rows = Ragged.of(np.uint32, (sketched(body).hashes.tolist() for body in bodies))
    first, second, _ = copies.near(rows, np.arange(len(rows)))
    found = set(zip(first.tolist(), second.tolist(), strict=True))
    for a, b in itertools.combinations(range(len(bodies)), 2):
        one, two = shingles(bodies[a]), shingles(bodies[b])
        exact = len(one & two) / len(one | two)
        if exact >= 0.4:  # three standard deviations of a sample of 64 above the threshold
            assert (a, b) in found
        if exact <= 0.02:
            assert (a, b) not in found


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 60), max_size=SIZE, unique=True), min_size=1, max_size=12))
def test_hashes_in_common_are_counted_exactly(given_: list[list[int]]) -> None:
    rows = copies.matrix(Ragged.of(np.uint32, map(sorted, given_)))
    pairs = np.array(list(itertools.product(range(len(given_)), repeat=2)))
    both, least, below = copies.compared(rows[pairs[:, 0]], rows[pairs[:, 1]])
    for (a, b), shared, small, under in zip(pairs.tolist(), both, least, below, strict=True):
        one, two = set(given_[a]), set(given_[b])
        limit = min(max(each) if len(each) == SIZE else int(NONE) for each in (one, two))
        assert shared == len(one & two)
        assert small == min(len(one), len(two))
        assert under == max(1, min(sum(value <= limit for value in each) for each in (one, two)))


def test_parts_of_the_inverted_list_find_what_the_whole_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = [changed(text(n % 20), 0.1, seed=n) for n in range(80)]
    rows = Ragged.of(np.uint32, (sketched(body).hashes.tolist() for body in bodies))
    whole = [each.tolist() for each in copies.near(rows, np.arange(len(rows)))]
    monkeypatch.setattr(copies, "ENTRIES", 700)
    monkeypatch.setattr(copies, "PAIRS", 7)
    assert [each.tolist() for each in copies.near(rows, np.arange(len(rows)))] == whole
    assert whole[0]


# Sketches


def test_numbers_lose_their_marks_and_years_are_none() -> None:
    assert numbers("Im Jahr 2024 kamen 1.250 Leute, 60 000 Euro und 7 Hunde; 3,5 Prozent") == {"1250", "60000", "35"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("60万户停电，损失2300万欧元，41艘船，1.3万人", {"600000", "23000000", "23", "41", "13000"}),
        ("２５隻の船と5億円", {"25", "500000000", "500"}),
        ("im Jahr 2023 900 Schiffe", {"900"}),
        ("A380, B52 und 12km", set()),
        ("١٢٣ سفينة", {"123"}),
    ],
)
def test_numbers_of_other_scripts_are_the_same_numbers(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_a_sketch_is_small_rising_and_always_the_same(body: str) -> None:
    one, two = sketched(body), sketched(body)
    assert len(one.hashes) <= SIZE
    assert np.all(np.diff(one.hashes.astype(np.int64)) > 0)
    assert np.array_equal(one.hashes, two.hashes)
    again = Sketch.from_json(one.as_json())
    assert np.array_equal(again.hashes, one.hashes)
    assert again.numbers == one.numbers


def test_a_text_that_repeats_itself_has_all_its_shingles() -> None:
    body = " ".join(["eins zwei drei vier"] * 400) + " " + " ".join(WORDS[:40])
    assert len(sketched(body).hashes) == len(shingles(body))


def test_nothing_makes_no_story() -> None:
    assert StoryFinder().finish() == ()
    assert grouped([row("a", "", day=0), row("b", "", day=0)]) == []
    assert grouped([row("a", "Foto des Tages"), row("b", "Foto des Tages")]) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), max_size=5, unique=True), max_size=8), st.integers(0, 8))
def test_hashes_that_two_sketches_have_are_told_from_all_others(rows: list[list[int]], known: int) -> None:
    def twice(some: list[list[int]], before: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return copies.twice(np.array([one for row in some for one in row], np.uint32), before)

    first = twice(rows[:known], np.zeros(0, bool))
    found = twice(rows, first)
    counts = Counter(one for row in rows for one in row)
    assert found.tolist() == [counts[one] > 1 for row in rows for one in row]


def test_stories_of_an_archive_that_grows_and_shrinks_are_those_of_one_made_at_once() -> None:
    rows = [row(f"{n:02d}", changed(text(n % 9), 0.1, seed=n), day=DAY + n % 5) for n in range(40)]

    def taken(finder: StoryFinder, some: list[Row]) -> StoryFinder:
        for told, body, names in some:
            finder.add(told, sketched(body), names)
        return finder

    grown = taken(StoryFinder(), rows[:30])
    grown.finish()
    grown = StoryFinder.of_columns(grown.columns())
    grown.remove(np.arange(30) % 7 != 3)
    taken(grown, rows[30:])
    left = [one for n, one in enumerate(rows[:30]) if n % 7 != 3]
    assert grown.finish() == taken(StoryFinder(), [*left, *rows[30:]]).finish()
