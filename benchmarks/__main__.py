"""`python -m benchmarks`: builds and searches with every peer that is there, and prints one table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import table
from benchmarks.asked import default_cache
from benchmarks.generate import Corpus
from benchmarks.peers import NAMES, peer
from benchmarks.queries import choose

REPEATS = 5


def child(task: str, name: str, *arguments: object) -> dict[str, Any]:
    """What `benchmarks.child` measured."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.child", task, name, *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"{name}: {task} failed\n{ran.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def seconds(command: list[str]) -> float:
    """Median wall time of a process, when its modules have been compiled as those of what is installed are."""
    compiling = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(REPEATS + 1):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, env=compiling)
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def cold_start(name: str, word: str, directory: Path) -> float:
    """Seconds from starting Python to the first answer, over what Python with the same frame around takes."""
    frame = [sys.executable, "-W", "ignore", "-m", "benchmarks.first"]
    return seconds([*frame, name, word, str(directory)]) - seconds(frame)


def measure(name: str, size: int, options: argparse.Namespace, word: str) -> dict[str, Any]:
    """All measurements of one peer."""
    with tempfile.TemporaryDirectory(prefix=f"index-{name}-", dir=options.cache) as made:
        directory = Path(made)
        given = (size, options.seed, options.cache, directory)
        print(f"{name}: building …", file=sys.stderr, flush=True)
        found = {"build": child("build", name, *given)}
        print(f"{name}: searching …", file=sys.stderr, flush=True)
        found |= {"search": child("search", name, *given), "cold": cold_start(name, word, directory)}
        if options.keep:
            kept = options.cache / f"kept-{name}-{size}"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(directory, kept)
        return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=int, default=20_000, help="articles; 200000 and 1000000 are the large sizes")
    parser.add_argument("--peers", default=",".join(NAMES), help=f"some of {','.join(NAMES)}")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where articles are kept for the next run")
    parser.add_argument("--keep", action="store_true", help="keep the indexes in the cache")
    parser.add_argument("--json", type=Path, help="write all figures to this file too")
    parser.add_argument("--readme", action="store_true", help="put the table into benchmarks/README.md")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(options.size, options.seed, options.cache)
    word = choose(corpus)["common term"][0].words[0]
    found: dict[str, dict[str, Any]] = {}
    for name in options.peers.split(","):
        one = peer(name)
        reason = one.missing()
        if reason is None and one.most is not None and options.size > one.most:
            reason = f"not run on more than {one.most:,} articles"
        if reason is not None:
            print(f"{name}: left out: {reason}", file=sys.stderr)
            continue
        found[one.name] = measure(name, options.size, options, word)
    machine = f"{options.size:,} articles, Python {platform.python_version()}, {platform.machine()}, one run"
    made = table.render(found, machine)
    print(made)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    if options.readme:
        table.keep(made, options.size)


if __name__ == "__main__":
    main()
