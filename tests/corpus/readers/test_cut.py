"""Packed files that are cut or damaged: what comes before the fault is read, and the ledger says where it is."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.article import Article, Rejection
from corpus.readers import read


def _zstandard(data: bytes) -> bytes:
    zstandard = pytest.importorskip("zstandard")
    return bytes(zstandard.ZstdCompressor().compress(data))


PACKERS = pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        (".gz", gzip.compress),
        (".bz2", lambda data: bz2.compress(data, 1)),
        (".xz", lzma.compress),
        (".zst", _zstandard),
    ],
)
LUCK = random.Random(7)
LINES = [
    json.dumps({"title": f"Boat {number}", "body": f"It has {LUCK.randbytes(60).hex()}."}) for number in range(2000)
]


@PACKERS
def test_what_comes_before_the_cut_is_read(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack("\n".join(LINES).encode())
    path = tmp_path / f"boats.jsonl{suffix}"
    path.write_bytes(packed[: len(packed) * 3 // 4])
    items = list(read([path]))
    titles = [item.title for item in items if isinstance(item, Article)]
    assert titles == [f"Boat {number}" for number in range(len(titles))]
    assert len(titles) > 800
    told = items[0]
    assert isinstance(told, Rejection)
    assert told.code == "damaged"
    assert "bytes of what is inside" in told.reason


@PACKERS
def test_two_packed_files_in_one_are_read_both(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / f"boats.jsonl{suffix}"
    path.write_bytes(pack(f"{LINES[0]}\n".encode()) + pack(LINES[1].encode()))
    assert [item.title for item in read([path]) if isinstance(item, Article)] == ["Boat 0", "Boat 1"]
