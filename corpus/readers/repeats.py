"""Lines that stand on many pages of one pile: the site's own furniture, not its articles."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from corpus.encodings import decode

_PAGES = 150
"""How many files of a directory are looked at."""
_LEAST = 3
_FINGERS = 5
_BYTES = 256 * 1024
_SUFFIXES = frozenset((".txt", ".text", ".md", ".dump", ""))


def repeated_lines(directory: Path) -> frozenset[str]:
    """Lines that at least three different pages of a directory share (of at most 150, spread evenly).

    Pages that share half of their longest lines are copies of one story and count as one, so that the text of a wire
    report which was kept three times is not taken for furniture.
    """
    try:
        changed = directory.stat().st_mtime_ns
    except OSError:
        return frozenset()
    return _learn(directory, changed)


@lru_cache(maxsize=16)
def _learn(directory: Path, changed: int) -> frozenset[str]:
    """What is learned of a directory as it was at a time; a file added or removed makes it learn anew."""
    pages: dict[str, list[frozenset[str]]] = defaultdict(list)
    for path in _some(directory):
        lines = _lines(path)
        longest = frozenset(sorted(lines, key=len, reverse=True)[:_FINGERS])
        for line in lines:
            pages[line].append(longest)
    return frozenset(line for line, seen in pages.items() if len(seen) >= _LEAST and _stories(seen, line) >= _LEAST)


def _stories(pages: list[frozenset[str]], line: str) -> int:
    """How many stories the pages tell, each known by its longest lines without the one in question; stops at enough."""
    stories: list[frozenset[str]] = []
    for longest in pages:
        own = longest - {line}
        if not any(len(own & other) * 2 >= min(len(own), len(other)) for other in stories):
            stories.append(own)
            if len(stories) >= _LEAST:
                break
    return len(stories)


def _some(directory: Path) -> list[Path]:
    try:
        files = sorted(path for path in directory.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
    except OSError:
        return []
    step = max(1, len(files) // _PAGES)
    return files[::step][:_PAGES]


def _lines(path: Path) -> set[str]:
    try:
        with path.open("rb") as stream:
            data = stream.read(_BYTES)
    except OSError:
        return set()
    if b"\x00" in data[:512] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return set()
    return {" ".join(line.split()) for line in decode(data).text.split("\n") if line.strip()}
