"""The ledger: what each run read, added, changed and rejected, and why. JSON Lines, one file a run.

The first line of a run is `{"event": "run", "command", "sources", "started"}`, the last `{"event": "end", …counts}`;
a run without an end did not finish. Between them, one line for each record of each file:

    {"event": "added" | "updated" | "removed" | "missing" | "rejected", "file", "member", "line", …}

An added or updated article has its `id`, `reader`, the origin of each field, what was stripped and the notes of the
reader; a rejection has `code`, `reason` and `remedy`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from corpus.article import Rejection

REMEDIES: Mapping[str, str] = {
    "unknown-format": "Save the page as HTML or text, or export it as JSON Lines with the keys of an article.",
    "damaged": "Fetch or export the file again, or mend it at the place named.",
    "not-news": "Nothing to do if it is no article; otherwise save the article's own page.",
    "no-text": "Save the page with its text; a scan needs text recognition first.",
    "too-large": "Split the file, or raise index.max_file_mb in newsdex.yml.",
}


class Ledger:
    """Writes the ledger of one run; use as a context manager. Lines reach the disk when the run ends or fails."""

    def __init__(self, directory: Path, command: str, sources: list[str]) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        number = 1
        while (path := directory / f"{stamp}-{number}.jsonl").exists():
            number += 1
        self.path = path
        self._start = time.monotonic()
        self._stream = path.open("w", encoding="utf-8", errors="backslashreplace")
        self.write("run", command=command, sources=sources, started=datetime.now(UTC).isoformat(timespec="seconds"))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.write("failed", reason=f"{type(error).__name__}: {error}")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()

    def write(self, event: str, **record: Any) -> None:
        self._stream.write(json.dumps({"event": event, **record}, ensure_ascii=False) + "\n")

    def rejection(self, rejection: Rejection) -> None:
        remedy = rejection.remedy or REMEDIES[rejection.code]
        self.write("rejected", **{**rejection.as_json(), "remedy": remedy})

    def end(self, counts: Mapping[str, Any]) -> None:
        self.write("end", **counts, seconds=round(time.monotonic() - self._start, 3))


def runs(directory: Path) -> list[Path]:
    """The ledgers, oldest first."""
    return sorted(directory.glob("*.jsonl"), key=lambda path: (path.stem[:15], int(path.stem[16:] or 0)))


def entries(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of one ledger; one that a power cut left half written is passed over."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            try:
                yield json.loads(line)
            except ValueError:
                continue
