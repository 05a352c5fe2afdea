"""Ranges that people type, the timeline and the date facet."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from indexer.dates import date_facet, first_day, last_day, timeline
from indexer.engines.base import DayCounts


def counts(*days: str, undated: int = 0) -> DayCounts:
    ordinals = np.array([date.fromisoformat(day).toordinal() for day in days], np.int32)
    found, number = np.unique(ordinals, return_counts=True)
    return DayCounts(found, number.astype(np.int64), undated)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-2", "2023-02-01", "2023-02-28"),
        ("2024-06-24", "2024-06-24", "2024-06-24"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_date_cut_to_any_precision_means_its_first_or_last_day(text: str, first: str, last: str) -> None:
    assert date.fromordinal(first_day(text, "from")).isoformat() == first
    assert date.fromordinal(last_day(text, "to")).isoformat() == last


@pytest.mark.parametrize("text", ["", "24", "yesterday", "2024-13", "2024-02-30", "0000", "2024-06-24T10:00"])
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError, match="from="):
        first_day(text, "from")
    with pytest.raises(UsageError, match="to="):
        last_day(text, "to")


def test_the_timeline_shows_empty_and_not_held_apart() -> None:
    matching = counts("2024-01-05", "2024-04-01", undated=2)
    held = counts("2024-01-05", "2024-02-01", "2024-04-01", "2024-04-02")
    shown = timeline(matching, held, "month")
    assert [(bar.start, bar.count, bar.held) for bar in shown.bars] == [
        ("2024-01", 1, 1), ("2024-02", 0, 1), ("2024-03", 0, 0), ("2024-04", 1, 2),
    ]  # fmt: skip
    assert shown.undated == 2


@pytest.mark.parametrize(
    ("first", "last", "interval"),
    [("2024-01-01", "2024-01-20", "day"), ("2023-01-01", "2024-12-31", "month"), ("1990-01-01", "2024-12-31", "year")],
)
def test_the_interval_fits_the_span(first: str, last: str, interval: str) -> None:
    found = counts(first, last)
    assert timeline(found, found, "auto").interval == interval


def test_nothing_found_gives_no_bars_unless_a_range_was_asked_for() -> None:
    nothing, held = counts(), counts("2024-01-05")
    assert timeline(nothing, held, "auto").bars == ()
    asked = timeline(nothing, held, "month", (first_day("2024-01", "from"), last_day("2024-02", "to")))
    assert [(bar.start, bar.count, bar.held) for bar in asked.bars] == [("2024-01", 0, 1), ("2024-02", 0, 0)]


@given(st.lists(st.dates(date(1950, 1, 1), date(2049, 12, 31)), max_size=40), st.sampled_from(["day", "month", "year"]))
def test_bars_add_up_to_what_was_found(days: list[date], interval: str) -> None:
    found = counts(*(day.isoformat() for day in days))
    bars = timeline(found, found, interval).bars
    if interval != "day":
        assert sum(bar.count for bar in bars) == len(days)
    starts = [bar.start for bar in bars]
    assert starts == sorted(starts)


def test_the_date_facet_opens_the_chosen_year_and_month() -> None:
    found = counts("2023-01-02", "2024-06-24", "2024-06-25", "2024-07-01")
    closed = date_facet(found, None, None)
    assert [(value.value, value.count, value.children) for value in closed] == [("2023", 1, ()), ("2024", 3, ())]
    year = date_facet(found, "2024", "2024")[1]
    assert year.selected
    assert [(value.value, value.count) for value in year.children] == [("2024-06", 2), ("2024-07", 1)]
    month = date_facet(found, "2024-06", "2024-06")[1].children[0]
    assert month.selected
    assert [(value.value, value.count) for value in month.children] == [("2024-06-24", 1), ("2024-06-25", 1)]
