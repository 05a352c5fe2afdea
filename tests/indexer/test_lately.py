"""What was worked out lately stays at hand, within bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.lately import Lately


@given(st.lists(st.integers(0, 30)), st.integers(1, 12))
def test_values_are_those_that_are_made(asked: list[int], most: int) -> None:
    known = Lately(lambda key: key * key + 1, most)
    for key in asked:
        assert known.of(key) == key * key + 1
        assert len(known) <= 2 * most


def test_what_is_asked_for_again_and_again_is_made_once() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    known = Lately(make, 4)
    for number in range(100):
        assert known.of("often") == "OFTEN"
        known.of(f"once {number}")
    assert made.count("often") == 1
    known.of("once 0")
    assert made.count("once 0") == 2  # forgotten, and made again
