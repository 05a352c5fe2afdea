"""The timeline as a drawing made here: bars that are links, in units of per cent so that it fits any width."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.results import Bar, Timeline
from web.links import Links
from web.page import number
from web.when import part, spoken

HEIGHT = 100
"""Height of the plot in pixels; the axis lies below it."""
MOST_TICKS = 8
LONG_LABEL = 8
INTERVALS = {"year": 365.25, "month": 30.44, "day": 1.0}
"""Days of an interval, on the average."""
MOST_BARS = 400
"""Bars that can still be told apart: intervals that would give more are not offered."""
COARSER = {"day": ("month", 7), "month": ("year", 4)}
"""The next interval, and how much of a date names it."""
WIDEST = 8.0
"""Width of a bar at most, per cent: a single day is not drawn as a wall."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a bar in units of the drawing: `y` from the top, `series` the number of its colour."""

    y: float
    height: float
    series: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One interval: `kind` is found, empty (held, none found) or gap (none held). `x` and `width` are per cent."""

    start: str
    label: str
    href: str
    count: int
    held: int
    says: str
    kind: str
    x: float
    width: float
    pieces: tuple[Piece, ...]

    @property
    def share(self) -> float:
        """Part of what is held that was found, 0 to 1."""
        return self.count / self.held if self.held else 0.0


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    minor: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of stacked bars: the label and the counts per interval."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Another query drawn over the bars: `points` for a polyline whose x runs from 0 to 100; `off` takes it away."""

    label: str
    counts: tuple[int, ...]
    points: str
    total: int
    number: int
    off: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`top` is the value at the upper edge (articles, or a share from 0 to 1); `intervals` can be chosen, each with its
    address."""

    interval: str
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    top: float
    measure: str
    undated: int
    gaps: int
    unit: str
    intervals: tuple[tuple[str, str], ...] = ()
    series: tuple[Series, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def parts(self) -> tuple[Series | Line, ...]:
        """What has a count of its own for each interval: the colours of the bars, then the lines over them."""
        return (*self.series, *self.lines)

    @property
    def rest(self) -> bool:
        """Whether some bar holds articles that are in none of the series."""
        return any(piece.series == 0 for column in self.columns for piece in column.pieces)

    @property
    def first(self) -> str:
        return self.columns[0].label

    @property
    def last(self) -> str:
        return self.columns[-1].label


def chart(
    timeline: Timeline,
    links: Links,
    locale: str,
    measure: str = "count",
    unit: str = "articles",
    stacks: Sequence[tuple[str, Timeline]] = (),
    others: Sequence[tuple[str, int, Timeline]] = (),
    said: tuple[str, str] = ("%(found)s of %(held)s", "nothing held"),
) -> Chart | None:
    """The drawing, or None where there is nothing to draw.

    `stacks`: label and timeline of each part of the bars, over the same intervals; `others`: query, hits and
    timeline of each line; `said`: what is told of a bar, and of one for which nothing is held.
    """
    bars = timeline.bars
    if not bars:
        return None
    series = tuple(Series(label, _counts(bars, part_)) for label, part_ in stacks)
    values = [_value(bar.count, bar.held, measure) for bar in bars]
    drawn = [(label, total, _counts(bars, other)) for label, total, other in others]
    heights = [[_value(count, bar.held, measure) for count, bar in zip(line, bars, strict=True)] for *_, line in drawn]
    top = max([*values, *(max(line) for line in heights)], default=0) or 1
    step = 100 / len(bars)
    begins, asked = links.ranges(), (links.asked.start, links.asked.end)
    of, nothing = said
    width = min(step * (0.84 if len(bars) > 40 else 0.78), WIDEST)
    columns = tuple(
        Column(
            bar.start,
            spoken(bar.start, locale),
            f"{begins}{_days(bar.start, *asked)}",
            bar.count,
            bar.held,
            f"{spoken(bar.start, locale)}: {of % _told(bar, locale) if bar.held else nothing}",
            "gap" if not bar.held else "found" if bar.count else "empty",
            round((at + 0.5) * step - width / 2, 3),
            round(width, 3),
            _pieces(at, bar, values[at], top, series),
        )
        for at, bar in enumerate(bars)
    )
    lines = tuple(
        Line(label, counts, _polyline(heights[at - 1], top, step), total, at, _without(links, label))
        for at, (label, total, counts) in enumerate(drawn, 1)
    )
    gaps = sum(not bar.held for bar in bars)
    ticks = _ticks(bars, step, locale)
    choice = _intervals(timeline, links)
    return Chart(timeline.interval, columns, ticks, top, measure, timeline.undated, gaps, unit, choice, series, lines)


def bounded(timeline: Timeline) -> Timeline:
    """Days added up to months, and months to years, as long as there are more bars than can be told apart; of too many
    years those in which the archive holds anything."""
    while len(timeline.bars) > MOST_BARS and timeline.interval in COARSER:
        interval, size = COARSER[timeline.interval]
        counts: dict[str, tuple[int, int]] = {}
        for bar in timeline.bars:
            count, held = counts.get(bar.start[:size], (0, 0))
            counts[bar.start[:size]] = count + bar.count, held + bar.held
        bars = tuple(Bar(start, *both) for start, both in counts.items())
        timeline = Timeline(interval, bars, timeline.undated)
    if len(timeline.bars) <= MOST_BARS:
        return timeline
    filled = [at for at, bar in enumerate(timeline.bars) if bar.held] or [0]
    return replace(timeline, bars=timeline.bars[filled[0] : filled[-1] + 1])


def _intervals(timeline: Timeline, links: Links) -> tuple[tuple[str, str], ...]:
    """The intervals in which the same span gives a drawing; none where there is no choice."""
    days = len(timeline.bars) * INTERVALS[timeline.interval]
    offered = [name for name, size in INTERVALS.items() if 1.5 < days / size <= MOST_BARS or name == timeline.interval]
    return tuple((name, links.at_interval(name)) for name in offered) if len(offered) > 1 else ()


def _told(bar: Bar, locale: str) -> dict[str, str]:
    return {"found": number(bar.count, locale), "held": number(bar.held, locale)}


def _days(start: str, first: str | None, last: str | None) -> str:
    """The range that an interval leads to: of one that is cut by the range asked for only what lies in it."""
    begin = first if first and first.startswith(start) else start
    end = last if last and last.startswith(start) else start
    return f"from={begin}&to={end}"


def _without(links: Links, query: str) -> str:
    return links.look_at(compare=tuple(other for other in links.look.compare if other != query))


def _value(count: int, held: int, measure: str) -> float:
    if measure == "share":
        return count / held if held else 0.0
    return float(count)


def _counts(bars: Sequence[Bar], part_: Timeline) -> tuple[int, ...]:
    counts = {bar.start: bar.count for bar in part_.bars}
    return tuple(counts.get(bar.start, 0) for bar in bars)


def _pieces(at: int, bar: Bar, value: float, top: float, series: Sequence[Series]) -> tuple[Piece, ...]:
    height = _pixels(value, top)
    if not height:
        return ()
    if not series:
        return (Piece(round(HEIGHT - height, 2), height),)
    pieces, base = [], 0.0
    shown = sum(line.counts[at] for line in series)
    scale = height / max(bar.count, shown, 1)
    for colour, line in enumerate(series, 1):
        if line.counts[at]:
            tall = line.counts[at] * scale
            pieces.append(Piece(round(HEIGHT - base - tall, 2), round(tall, 2), colour))
            base += tall
    if base < height - 0.01:
        pieces.append(Piece(round(HEIGHT - height, 2), round(height - base, 2), 0))
    return tuple(pieces)


def _pixels(value: float, top: float) -> float:
    """Height of a value; what is not nothing can be seen."""
    return max(2.0, round(value / top * (HEIGHT - 6), 2)) if value else 0.0


def _polyline(values: Sequence[float], top: float, step: float) -> str:
    return " ".join(
        f"{(at + 0.5) * step:.2f},{HEIGHT - _pixels(value, top):.1f}" for at, value in enumerate(values)
    )


def _ticks(bars: Sequence[Bar], step: float, locale: str) -> tuple[Tick, ...]:
    """At most eight labels below the axis, at the beginnings of years or months where they fit."""
    starts = [bar.start for bar in bars]
    where = [at for at, start in enumerate(starts) if len(start) == 4 or start.endswith("-01")]
    if len(where) < 3:
        where = list(range(len(starts)))
    every = -(-len(where) // MOST_TICKS)
    shown = where[::every]
    labels = [_tick_label(starts[at], locale) for at in shown]
    # in narrow windows every second label is left out, and of long ones two of three
    keep = 3 if max(map(_breadth, labels)) > LONG_LABEL else 2
    ticks = []
    for rank, (at, label) in enumerate(zip(shown, labels, strict=True)):
        x = (at + 0.5) * step
        anchor = "start" if x < 6 else "end" if x > 94 else "middle"
        ticks.append(Tick(round(x, 3), label, rank % keep > 0, anchor))
    return tuple(ticks)


def _breadth(label: str) -> int:
    """Letters of a label, those of broad scripts counted twice."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in label)


def _tick_label(start: str, locale: str) -> str:
    if start.endswith("-01") and len(start) == 7:
        return start[:4]
    return part(start, locale) if len(start) == 4 else spoken(start, locale, "short")
