"""How a text became another: nothing is lost on the way, and what reads as one change is one."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.differences import differences, words

CASES = [
    ("Der Minister sprach in Minsk.", "Der Minister sprach in Minsk.", "Der Minister sprach in Minsk."),
    ("Zwei Schiffe fahren.", "Drei Schiffe fahren täglich.", "[Zwei→Drei] Schiffe fahren[→ täglich]."),
    ("Sie traf Herrn Brandt am Montag in Berlin.", "Sie traf Frau Kwon am Dienstag in Berlin.",
     "Sie traf [Herrn Brandt am Montag→Frau Kwon am Dienstag] in Berlin."),
    ("周一在柏林会见了部长。", "周二在柏林会见部长。", "周[一→二]在柏林会见[了→]部长。"),
    ("Ende.", "Ende.\n\nNachtrag.", "Ende.[→\n\nNachtrag.]"),
    ("", "Neu.", "[→Neu.]"),
    ("", "", ""),
]  # fmt: skip


def told(old: str, new: str) -> str:
    steps = differences(old, new)
    return "".join(step.new if step.change == "equal" else f"[{step.old}→{step.new}]" for step in steps)


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_changes(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


@settings(max_examples=100, deadline=None)
@given(st.text("ab c.\n中文", max_size=80), st.text("ab c.\n中文", max_size=80))
def test_the_steps_give_back_both_texts(old: str, new: str) -> None:
    steps = differences(old, new)
    assert "".join(step.old for step in steps) == old
    assert "".join(step.new for step in steps) == new
    for step in steps:
        assert (step.change == "equal") <= (step.old == step.new)
        assert (step.change == "delete") <= (not step.new)
        assert (step.change == "insert") <= (not step.old)
    assert all(a.change != "equal" or b.change != "equal" for a, b in pairwise(steps))


@pytest.mark.parametrize("kinds", [1, 2, 9, 5000])
def test_long_texts_take_no_minutes(kinds: int) -> None:
    rng = random.Random(kinds)
    old = [f"w{rng.randrange(kinds)}{'.' if rng.random() < 0.05 else ''}" for _ in range(20_000)]
    new = [word for word in old if rng.random() > 0.1]
    start = time.process_time()
    steps = differences(" ".join(old), " ".join(new))
    assert time.process_time() - start < 20
    assert "".join(step.new for step in steps) == " ".join(new)


def test_words_are_counted_without_signs() -> None:
    assert words("Zwei Schiffe, 3 Boote – fertig.") == 5
    assert words("会见了 部长。") == 5
