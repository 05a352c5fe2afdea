"""One measurement in a process of its own: `python -m benchmarks.child build|search PEER SIZE SEED CACHE DIRECTORY`.

Prints one JSON object. Times are CPU time of the whole process, so that threads inside an engine count as well.
"""

from __future__ import annotations

import ctypes
import gc
import json
import statistics
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.asked import CLASSES
from benchmarks.generate import Corpus
from benchmarks.peers import peer
from benchmarks.queries import choose

ROUNDS, SECONDS = 15, 4.0
"""Each query of a class is run so many times, or until this many seconds are over, and at least once."""


def memory() -> int:
    """Bytes that this process holds for itself, mapped files not counted (Linux: man 5 proc, RssAnon)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("memory is measured on Linux only")


class Watch(threading.Thread):
    """Looks at `memory` every few milliseconds; mapped files are the system's to take away, so a peak without them."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self.start()

    def run(self) -> None:
        while True:
            self.most = max(self.most, memory())
            time.sleep(0.02)

    def forget(self) -> None:
        """Give freed memory back and start to count anew."""
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        self.most = 0


def build(name: str, corpus: Corpus, directory: Path) -> dict[str, Any]:
    """Articles a CPU second, peak memory over what the articles alone took, size of the index."""
    spent, most, before = 0.0, 0, 0
    builder, clock, watch = None, peer(name).clock, Watch()
    for chunk in corpus.chunks():
        _ = chunk.texts, chunk.positions, chunk.ids, chunk.categories, chunk.entity_names, chunk.months  # off the clock
        watch.forget()
        before = before or memory()
        began = clock()
        builder = builder or peer(name).builder(directory)
        builder.add(chunk)
        spent += clock() - began
        most = max(most, watch.most, memory())
    watch.forget()
    began = clock()
    if builder is not None:
        builder.finish()
    spent += clock() - began
    most = max(most, watch.most, memory()) - before
    size = sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
    return {"articles": corpus.size, "cpu": spent, "memory": peer(name).memory() or most, "size": size}


def search(name: str, corpus: Corpus, directory: Path) -> dict[str, Any]:
    """For each class of queries the median of CPU milliseconds and the median of hits."""
    asked, clock, watch = choose(corpus), peer(name).clock, Watch()
    watch.forget()
    before = memory()
    found = peer(name).open(directory)
    measured: dict[str, Any] = {}
    for label, kind in CLASSES.items():
        run = found.get(kind)
        if run is None:
            continue
        hits = [run(query) for query in asked[label]]
        times = []
        began = time.perf_counter()
        for _ in range(ROUNDS):
            for query in asked[label]:
                start = clock()
                run(query)
                times.append(clock() - start)
            if time.perf_counter() - began > SECONDS:
                break
        measured[label] = {"ms": statistics.median(times) * 1000, "hits": statistics.median(hits), "sum": sum(hits)}
    return {"classes": measured, "memory": peer(name).memory() or watch.most - before}


def main(arguments: list[str]) -> None:
    task, name, size, seed, cache, directory = arguments
    corpus = Corpus(int(size), int(seed), Path(cache))
    print(json.dumps({"build": build, "search": search}[task](name, corpus, Path(directory))))


if __name__ == "__main__":
    main(sys.argv[1:])
