"""`python -m benchmarks.web`: how long the whole result page takes, alone and with many readers at once.

Pages one after the other are timed in CPU time of the process, as other work on the machine takes none of that; first
bytes by the clock, as readers see them. Pages are those that people open: a word, two words, a phrase, a year, a
language, everything; each with its facets, timeline and ten snippets, and each address asked for once, so that nothing
is answered from a memory of it. Beside that stands a run in which readers ask as people do (`visits.py`), after four
times as many pages were asked; the part of its pages that were asked before is printed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import random
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.asked import default_cache
from benchmarks.generate import Chunk, Corpus
from benchmarks.visits import repeated, visits
from indexer.analysis import analyser_version
from indexer.archive import Archive
from indexer.pipeline import update
from indexer.search import ArchiveSearch
from indexer.settings import Settings
from web import create_app
from web.server import make_server, run_server

if TYPE_CHECKING:
    from flask import Flask

LANGUAGES = ("en", "de", "ru")
OFFICES = {"en": "President", "de": "Präsident", "ru": "президент"}
USERS = 20
QUESTIONS = 2000


@dataclass(frozen=True)
class Asked:
    """A page: its kind and its address."""

    kind: str
    address: str


def written(chunk: Chunk, path: Path) -> None:
    """The articles as JSON Lines, a few of their people named in the text."""
    with path.open("w", encoding="utf-8") as lines:
        for i, (article_id, text, names) in enumerate(zip(chunk.ids, chunk.texts, chunk.entity_names, strict=True)):
            language = LANGUAGES[chunk.language[i]]
            people = [" ".join(name.split()[:2]) for name in names[:4]]
            named = " ".join(f"{OFFICES[language]} {person}." for person in people)
            words = text.split(" ")
            sentences = [" ".join(words[at : at + 14]).capitalize() + "." for at in range(0, len(words), 14)]
            paragraphs = [" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
            article = {
                "id": article_id, "title": " ".join(words[:7]).capitalize(), "language": language,
                "body": "\n\n".join([*paragraphs, named]),
                "published": date.fromordinal(int(chunk.day[i])).isoformat(), "section": chunk.categories[i],
                "source": f"House {int(chunk.category[i]) % 7 + 1}",
            }  # fmt: skip
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")


def archive_of(size: int, seed: int, cache: Path, workers: int) -> Archive:
    """The archive of so many articles; built when it is missing."""
    archive = Archive(cache / f"web-{seed}-{size}-{analyser_version()}")
    if not (archive.path / "CURRENT").exists():
        print(f"building an archive of {size:,} articles …", file=sys.stderr, flush=True)
        files = cache / f"web-{seed}-{size}.files"
        files.mkdir(parents=True, exist_ok=True)
        for chunk in Corpus(size, seed, cache).chunks():
            written(chunk, files / f"{chunk.start:08d}.jsonl")
        update(archive, [str(files)], Settings(), workers=workers)
    return archive


def pages(search: ArchiveSearch, count: int, seed: int) -> list[Asked]:
    """Addresses of every kind, none twice; words by how many articles hold them."""
    rng = random.Random(seed)
    opened = search.opened()
    held = opened.searcher.count
    terms = [term for term in opened.searcher.terms("body_folded", limit=200_000) if len(term[0]) > 2]
    common = [word for word, n in terms if held * 0.05 < n < held * 0.4]
    rarer = [word for word, n in terms if held * 0.002 < n <= held * 0.05]
    years = [str(year) for year in range(2006, 2025)]

    def one(number: int) -> tuple[str, list[tuple[str, str]]]:
        kinds: list[tuple[str, list[tuple[str, str]]]] = [
            ("common word", [("q", rng.choice(common))]),
            ("rarer word", [("q", rng.choice(rarer))]),
            ("two words", [("q", f"{rng.choice(common)} {rng.choice(common)}")]),
            ("any of three", [("q", " ".join(rng.sample(common, 3))), ("any", "1")]),
            ("phrase", [("q", f'"{rng.choice(common)} {rng.choice(common)}"')]),
            ("word in a year", [("q", rng.choice(common)), ("from", year := rng.choice(years)), ("to", year)]),
            ("word in a language", [("q", rng.choice(common)), ("language", rng.choice(LANGUAGES))]),
            ("everything", [("from", rng.choice(years) + f"-{rng.randint(1, 12):02d}")]),
        ]
        return kinds[number % len(kinds)]

    found: dict[str, Asked] = {}
    number = 0
    while len(found) < count and number < 50 * count:
        kind, pairs = one(number)
        address = "/?" + urlencode(pairs)
        found.setdefault(address, Asked(kind, address))
        number += 1
    asked = list(found.values())
    rng.shuffle(asked)
    return asked


def alone(app: Flask, asked: Sequence[Asked]) -> dict[str, list[float]]:
    """Milliseconds of CPU time for each page of each kind, one after the other."""
    client = app.test_client()
    client.get("/?q=warm")
    times: dict[str, list[float]] = defaultdict(list)
    for page in asked:
        began = time.process_time()
        answer = client.get(page.address)
        times[page.kind].append((time.process_time() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{page.address}: {answer.status}")
    return times


def served(path: Path, pipe: Connection) -> None:
    """In a process of its own, on one core: serve, and tell the port."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    search = ArchiveSearch(Archive(path))
    search.opened()
    server = make_server(create_app(search, Settings()), "127.0.0.1", 0, Settings())
    pipe.send(server.effective_port)  # type: ignore[union-attr]
    run_server(server)


def together(
    archive: Archive, asked: Sequence[str], users: int, pause: float, before: Sequence[str] = ()
) -> tuple[list[float], float]:
    """Milliseconds to the first byte, with so many readers at once; and pages a second.

    `pause`: seconds for which each reads a page before asking for the next, on average. `before`: what was asked first.
    """
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=served, args=(archive.path, theirs), daemon=True)
    process.start()
    port = ours.recv()
    _read(port, ["/?q=warm"], 1, 0.0)
    _read(port, before, users, 0.0)
    found = _read(port, asked, users, pause)
    process.terminate()
    return found


def _read(port: int, asked: Sequence[str], users: int, pause: float) -> tuple[list[float], float]:
    """See `together`."""
    queue: Iterator[str] = iter(asked)
    lock, times = threading.Lock(), []
    rng = random.Random(users)

    def user() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        time.sleep(rng.uniform(0, 2 * pause))  # who reads did not begin at the same moment
        while True:
            with lock:
                address = next(queue, None)
            if address is None:
                return
            began = time.perf_counter()
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})  # as browsers do
            answer = connection.getresponse()
            times.append((time.perf_counter() - began) * 1000)
            answer.read()
            time.sleep(rng.uniform(0, 2 * pause))

    threads = [threading.Thread(target=user) for _ in range(users)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(times) / (time.perf_counter() - began)


def own_memory() -> float:
    """Bytes of memory of this process alone, mapped files not counted."""
    fields = Path("/proc/self/status").read_text().split("RssAnon:")[1].split()
    return float(fields[0]) * 1024


def percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def main() -> int:
    """Build what is missing, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--size", type=int, default=200_000, help="articles in the archive")
    parser.add_argument("--pages", type=int, default=400, help="pages asked for")
    parser.add_argument("--users", type=int, default=USERS, help="readers at once")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=0, help="processes that build; 0 is one a core")
    parser.add_argument("--cache", type=Path, default=default_cache())
    options = parser.parse_args()
    archive = archive_of(options.size, options.seed, options.cache, options.workers)
    before, began = own_memory(), time.process_time()
    search = ArchiveSearch(archive)
    app = create_app(search, Settings())
    app.test_client().get("/?q=warm")
    ready = time.process_time() - began
    asked = pages(search, options.pages * 2, options.seed)
    times = alone(app, asked[::2])
    print(f"\n{search.count:,} articles; to the first page {ready:.1f} s of CPU time")
    print(f"memory of its own after {len(asked) // 2} pages: {(own_memory() - before) / 1e6:,.0f} MB")
    print("one page after the other, milliseconds of CPU time (median, 95th percentile)")
    for kind, each in times.items():
        print(f"  {kind:<20} {statistics.median(each):8.1f} {percentile(each, 0.95):8.1f}")
    every = [value for each in times.values() for value in each]
    print(f"  {'all':<20} {statistics.median(every):8.1f} {percentile(every, 0.95):8.1f}")
    print(f"{options.users} readers at once, server on one core: first byte (median, 95th percentile, worst), pages/s")
    half = [page.address for page in asked[1::2]]
    questions = [page.address for page in pages(search, QUESTIONS, options.seed + 1)]
    mixed = list(islice(visits(questions, LANGUAGES, options.seed), 5 * len(half)))
    before, after = mixed[: -len(half)], mixed[-len(half) :]
    again = f"{repeated(before, after):.0%} asked before"
    for says, pause, first_asked, some in (
        ("read 2 s, each page once", 2.0, [], half[::2]),
        ("never pause, each page once", 0.0, [], half[1::2]),
        (f"never pause, {again}", 0.0, before, after),
    ):
        first, rate = together(archive, some, options.users, pause, first_asked)
        figures = (statistics.median(first), percentile(first, 0.95), max(first), rate)
        print(f"  {says:<30} " + " ".join(f"{figure:8.1f}" for figure in figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
