"""The one table: newsdex in figures, every peer in figures and as a multiple of newsdex."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.asked import CLASSES

Figures = Mapping[str, dict[str, Any]]
Get = Callable[[dict[str, Any]], float | None]
OWN = "newsdex"
README = Path(__file__).parent / "README.md"


def row(label: str, found: Figures, get: Get, unit: str, more: bool = False) -> str:
    """One line. The multiple says how many times newsdex is better: `more` when larger figures are better."""
    cells = [label]
    own = get(found[OWN]) if OWN in found else None
    for name, figures in found.items():
        value = get(figures)
        if value is None:
            cells.append("–")
            continue
        text = f"{value:,.{digits(value)}f} {unit}"
        if name != OWN and own:
            text += f" (×{(own / value if more else value / own):.2f})"
        cells.append(text)
    return f"| {' | '.join(cells)} |"


def digits(value: float) -> int:
    """Three figures that say something."""
    return max(0, 2 - math.floor(math.log10(value))) if 0 < value < 100 else 0


def milliseconds(label: str) -> Get:
    return lambda figures: figures["search"]["classes"].get(label, {}).get("ms")


def mean_ratio(found: Figures, name: str) -> str:
    """Geometric mean of the multiples over the classes that both answer."""
    both = [
        figures["ms"] / found[OWN]["search"]["classes"][label]["ms"]
        for label, figures in found[name]["search"]["classes"].items()
        if label in found[OWN]["search"]["classes"]
    ]
    return f"×{math.exp(sum(map(math.log, both)) / len(both)):.2f}" if both else "–"


def disagreements(found: Figures) -> list[str]:
    """Classes for which two engines do not find the same number of hits."""
    notes = []
    for label in CLASSES:
        sums = {n: f["search"]["classes"][label]["sum"] for n, f in found.items() if label in f["search"]["classes"]}
        if len(set(sums.values())) > 1:
            told = ", ".join(f"{name} {total:,}" for name, total in sums.items())
            notes.append(f"Not the same hits for {label}: {told}.")
    return notes


def render(found: Figures, machine: str) -> str:
    """The table in Markdown."""
    lines = [f"**{machine}**", "", f"| | {' | '.join(found)} |", f"|---|{'---|' * len(found)}"]
    lines.append(row("articles a CPU second", found, lambda f: f["build"]["articles"] / f["build"]["cpu"], "", True))
    for label in CLASSES:
        hits = next((f["search"]["classes"][label]["hits"] for f in found.values() if milliseconds(label)(f)), 0)
        lines.append(row(f"{label} ({hits:,.0f} hits)", found, milliseconds(label), "ms"))
    if OWN in found:
        means = ["" if name == OWN else mean_ratio(found, name) for name in found]
        lines.append(f"| all classes, geometric mean | {' | '.join(means)} |")
    lines.append(row("index size", found, lambda f: f["build"]["size"] / 1e6, "MB"))
    lines.append(row("peak memory, building", found, lambda f: f["build"]["memory"] / 1e6, "MB"))
    lines.append(row("peak memory, searching", found, lambda f: f["search"]["memory"] / 1e6, "MB"))
    lines.append(row("cold start to the first answer", found, lambda f: f["cold"] * 1000, "ms"))
    return "\n".join([*lines, "", *disagreements(found)]).rstrip() + "\n"


def keep(made: str, size: int) -> None:
    """Put the table between its marks in README.md."""
    text = README.read_text(encoding="utf-8")
    begin, end = f"<!-- {size} -->", f"<!-- end {size} -->"
    block = f"{begin}\n{made}{end}"
    if begin in text:
        text = re.sub(f"{begin}.*?{end}", lambda _: block, text, flags=re.DOTALL)
    else:
        text = text.rstrip() + f"\n\n{block}\n"
    README.write_text(text, encoding="utf-8")
