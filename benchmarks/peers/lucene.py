"""Lucene in a Java process of its own, which takes its times itself. Built by Maven on first use."""

from __future__ import annotations

import hashlib
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

def target() -> Path:
    """Where Maven puts this program and Lucene's jars; another program has another place."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(SOURCE.iterdir())))
    return default_cache() / f"lucene-{digest.hexdigest()[:12]}"


def missing() -> str | None:
    """Why Lucene cannot be asked, None when it can: the program is compiled, jars are fetched on the first call."""
    if not (shutil.which("java") and shutil.which("mvn")):
        return "java and mvn are needed"
    made = target()
    if not (made / "lib").exists() or not list(made.glob("*.jar")):
        command = ["mvn", "-q", "-B", "-f", str(SOURCE / "pom.xml"), f"-Dbench.target={made}", "package"]
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode:
            return f"Maven failed: {ran.stdout[-500:]}"
    return None


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """A Java process that runs one of the programs, with pipes."""
    made = target()
    command = ["java", "-Xmx2g", "-cp", f"{made}/*:{made}/lib/*", program, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, encoding="utf-8")


class _Builder:
    def __init__(self, directory: Path, done: Callable[[float, int], None]) -> None:
        self._java: Any = start("Bench", "build", str(directory))
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
        return missing()

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
        java: Any = start("Bench", "search", str(directory))

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
