"""`python -m benchmarks.pipeline`: the whole way from files to an archive, in articles a second, and where time goes.

Synthetic articles (`generate.py`) are written as JSON Lines and indexed into a new archive: first in this process with
every stage timed, then with `--workers`. CPU time is exclusive: a stage does not count what a stage inside it took.
"""

from __future__ import annotations

import argparse
import functools
import inspect
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.asked import default_cache
from benchmarks.generate import Corpus
from corpus.languages import pack
from indexer.archive import Archive
from indexer.pipeline import update
from indexer.settings import load_settings

STAGES = {
    "read the file": ("indexer.pipeline.reading", "read_parts"),
    "find names, topics, sketches": ("indexer.pipeline.knowing", "Knowledge.of"),
    "gather briefs": ("indexer.pipeline.run", "_Run._held"),
    "join names": ("indexer.pipeline.held", "Held.join"),
    "tell stories": ("indexer.pipeline.held", "Held.stories"),
    "keep what is held": ("indexer.pipeline.held", "Held.save"),
    "merge files": ("indexer.pipeline.merging", "Changes.read"),
    "analyse": ("indexer.analysis", "BulkAnalyzer.columns"),
    "entities and facets of a batch": ("indexer.pipeline.building", "batch_of"),
    "gather a batch in the engine": ("indexer.engines.whoosh.builder", "WhooshBuilder.add"),
    "write segments": ("indexer.engines.whoosh.builder", "WhooshBuilder.commit"),
    "load records again": ("indexer.pipeline.building", "loaded"),
    "checksums, switch": ("indexer.pipeline.run", "_Run._switch"),
}
"""What is timed → module and name."""
LANGUAGES = ("en", "de", "ru")
FILE = 500
SENTENCE = 16
STOP_WORDS = 60


class Clock:
    """Exclusive CPU seconds of nested stages."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._inner: list[float] = []

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*arguments: Any, **more: Any) -> Any:
            with self._timing(stage):
                return function(*arguments, **more)

        @functools.wraps(function)
        def stepping(*arguments: Any, **more: Any) -> Iterator[Any]:
            steps = iter(function(*arguments, **more))
            while True:
                with self._timing(stage):
                    step = next(steps, self)
                if step is self:
                    return
                yield step

        return stepping if inspect.isgeneratorfunction(function) else timed

    @contextmanager
    def _timing(self, stage: str) -> Iterator[None]:
        self._inner.append(0.0)
        began = time.process_time()
        try:
            yield
        finally:
            spent = time.process_time() - began
            self.seconds[stage] += spent - self._inner.pop()
            if self._inner:
                self._inner[-1] += spent

    @contextmanager
    def running(self) -> Iterator[None]:
        """Every stage is timed inside."""
        places = []
        for stage, (module, name) in STAGES.items():
            *owners, last = name.split(".")
            owner = functools.reduce(getattr, owners, import_module(module))
            places.append((owner, last, getattr(owner, last)))
            setattr(owner, last, self.wrap(stage, getattr(owner, last)))
        try:
            yield
        finally:
            for owner, last, function in places:
                setattr(owner, last, function)


def articles(corpus: Corpus) -> Iterator[dict[str, Any]]:
    """The synthetic articles with sentences, titles and days; a third of their words are stop words, as in news."""
    stops = {language: sorted(pack(language).stop_words)[:STOP_WORDS] for language in LANGUAGES}
    for chunk in corpus.chunks():
        for i, text in enumerate(chunk.texts):
            words = text.split(" ")
            small = stops[LANGUAGES[chunk.language[i]]]
            words[2::3] = [small[len(word) * 7 % len(small)] for word in words[2::3]]
            title, rest = words[:8], words[8:]
            sentences = [" ".join(rest[a : a + SENTENCE]).capitalize() + "." for a in range(0, len(rest), SENTENCE)]
            names = ", ".join(name.rsplit(" ", 1)[0] for name in chunk.entity_names[i][:3])
            yield {
                "id": chunk.ids[i],
                "title": " ".join(title).capitalize(),
                "body": "\n\n".join([f"{names}. {sentences[0]}", *sentences[1:]]),
                "language": LANGUAGES[chunk.language[i]],
                "published": date.fromordinal(int(chunk.day[i])).isoformat(),
                "section": chunk.categories[i],
            }


def write(corpus: Corpus, directory: Path) -> None:
    """JSON Lines, some hundred articles a file."""
    waiting = articles(corpus)
    number = 0
    while some := list(islice(waiting, FILE)):
        lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in some)
        (directory / f"{number:05d}.jsonl").write_text(lines, encoding="utf-8")
        number += 1


def run(source: Path, target: Path, workers: int) -> tuple[float, float]:
    """Wall and CPU seconds of one run into a new archive."""
    began, spent = time.perf_counter(), time.process_time()
    update(Archive(target), [source], load_settings(target), workers=workers)
    return time.perf_counter() - began, time.process_time() - spent


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pipeline", description=__doc__)
    parser.add_argument("--size", type=int, default=2_000, help="articles")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=default_cache())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        source = Path(made) / "articles"
        source.mkdir()
        write(Corpus(options.size, cache=options.cache), source)
        megabytes = sum(path.stat().st_size for path in source.iterdir()) / 1e6
        clock = Clock()
        with clock.running():
            wall, cpu = run(source, Path(made) / "one", 1)
        print(f"{options.size:,} articles, {megabytes:.1f} MB of JSON Lines\n")
        print("| stage | CPU s | share | µs an article |\n|---|---|---|---|")
        stages = {**clock.seconds, "all the rest": cpu - sum(clock.seconds.values())}
        for stage, seconds in sorted(stages.items(), key=lambda pair: -pair[1]):
            print(f"| {stage} | {seconds:.2f} | {seconds / cpu:.0%} | {seconds / options.size * 1e6:,.0f} |")
        print(f"\none process: {options.size / cpu:,.0f} articles a CPU second, {options.size / wall:,.0f} a second")
        wall, _ = run(source, Path(made) / "many", options.workers)
        print(f"{options.workers} processes: {options.size / wall:,.0f} articles a second")


if __name__ == "__main__":
    main()
