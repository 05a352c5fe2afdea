"""Lucene in a Java process of its own, which takes its times itself. Built by Maven on first use."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from benchmarks.asked import Asked, Kind, default_cache
from benchmarks.peers.base import PeerBuilder, Search

if TYPE_CHECKING:
    from benchmarks.generate import Chunk

SOURCE = Path(__file__).parents[1] / "lucene"
TARGET = default_cache() / "lucene"


def make() -> str | None:
    """Compile the program and fetch Lucene's jars from Maven Central; gives the reason when that fails."""
    if not (TARGET / "lib").exists() or not list(TARGET.glob("*.jar")):
        command = ["mvn", "-q", "-B", "-f", str(SOURCE / "pom.xml"), f"-Dbench.target={TARGET}", "package"]
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode:
            return f"Maven failed: {ran.stdout[-500:]}"
    return None


def start(task: str, directory: Path) -> subprocess.Popen[str]:
    command = ["java", "-Xmx2g", "-cp", f"{TARGET}/*:{TARGET}/lib/*", "Bench", task, str(directory)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, encoding="utf-8")


class _Builder:
    def __init__(self, directory: Path, done: Callable[[float, int], None]) -> None:
        self._java: Any = start("build", directory)
        self._done = done

    def add(self, chunk: Chunk) -> None:
        days = chunk.day.tolist()
        for i, text in enumerate(chunk.texts):
            cells = [chunk.ids[i], chunk.categories[i], str(chunk.months[i]), str(days[i])]
            self._java.stdin.write("\t".join([*cells, "|".join(chunk.entity_names[i]), text]) + "\n")

    def finish(self) -> None:
        nanoseconds, kilobytes = self._java.communicate()[0].split()
        self._done(int(nanoseconds) / 1e9, int(kilobytes) * 1024)


class Lucene:
    """See `benchmarks.peers.base.Peer`."""

    name = "Lucene"
    most = None

    def __init__(self) -> None:
        self._spent = 0.0
        self._memory: int | None = None

    def missing(self) -> str | None:
        if not (shutil.which("java") and shutil.which("mvn")):
            return "java and mvn are needed"
        return make()

    def clock(self) -> float:
        return self._spent

    def memory(self) -> int | None:
        return self._memory

    def _done(self, seconds: float, memory: int) -> None:
        self._spent += seconds
        self._memory = memory

    def builder(self, directory: Path) -> PeerBuilder:
        return _Builder(directory, self._done)

    def open(self, directory: Path) -> Mapping[Kind, Search]:
        java: Any = start("search", directory)

        def run(kind: Kind) -> Search:
            def ask(asked: Asked) -> int:
                java.stdin.write(f"{kind}\t{' '.join(asked.words)}\t{asked.first_day}\t{asked.last_day}\n")
                java.stdin.flush()
                hits, nanoseconds = java.stdout.readline().split()
                self._spent += int(nanoseconds) / 1e9
                self._memory = resident(java.pid)
                return int(hits)

            return ask

        return {kind: run(kind) for kind in get_args(Kind)}


def resident(process: int) -> int:
    """Largest resident size of a process so far, in bytes (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


PEER = Lucene()
