"""Memory does not grow with the pile: 300 MB are read by a child process whose peak is measured."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.article import Article, Rejection
from corpus.readers import read

SIZE = 300_000_000
MOST_MORE = 96_000
"""Kilobytes by which the peak may rise above that of reading a small file of the same kind."""
ROOT = Path(__file__).parents[3]
STORY = "The ferry to Hiiumaa will sail twice a day from May, the harbour office said on Monday. "
CHILD = """
import resource, sys
from corpus.readers import read
for path in sys.argv[1:]:
    count = sum(1 for item in read([path]) if type(item).__name__ == "Article")
    print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def json_lines(path: Path, size: int) -> int:
    """Records of 100 kB up to a size; their count."""
    line = json.dumps({"title": "A ferry", "body": "\n\n".join([STORY * 4] * 280), "language": "en"})
    count = max(1, size // len(line))
    with path.open("w") as out:
        for number in range(count):
            out.write(line.replace("A ferry", f"Ferry {number}") + "\n")
    return count


def warc(path: Path, size: int) -> int:
    """Pages of 3 MB, nearly all of it a script, up to a size; their count."""
    page = (
        f"<html lang='en'><head><title>Ferry</title><meta property='og:type' content='article'></head><body><article>"
        f"<h1>Ferry to sail twice a day</h1>{f'<p>{STORY * 3}</p>' * 6}</article><script>{'0' * 3_000_000}</script>"
    )
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
    count = max(1, size // len(answer))
    with path.open("wb") as out:
        for number in range(count):
            out.write(
                b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-06T10:00:00Z\r\n"
                b"WARC-Target-URI: https://harbour.example/%d\r\nWARC-Record-ID: <urn:uuid:%036d>\r\n"
                b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
                % (number, number, len(answer)) + answer + b"\r\n\r\n"
            )  # fmt: skip
    return count


@pytest.mark.slow
@pytest.mark.parametrize(("suffix", "write"), [(".jsonl", json_lines), (".warc", warc)])
def test_a_large_file_streams(tmp_path: Path, suffix: str, write: Callable[[Path, int], int]) -> None:
    small, large = tmp_path / f"small{suffix}", tmp_path / f"large{suffix}"
    counts = [write(small, 12_000_000), write(large, SIZE)]
    command = [sys.executable, "-c", CHILD, str(small), str(large)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    (small_count, small_peak), (large_count, large_peak) = (map(int, row.split()) for row in done.stdout.splitlines())
    assert [small_count, large_count] == counts
    assert large_peak - small_peak < MOST_MORE, f"{small_peak} kB for 12 MB, {large_peak} kB for 300 MB"


def test_a_container_that_lies_and_climbs(tmp_path: Path) -> None:
    """A bomb, paths that climb out and a link: each is told, none is followed, and the good member is read."""
    record = json.dumps({"title": "Good", "body": "This record is in order.", "language": "en"})
    room = tmp_path / "pile"
    room.mkdir()
    with zipfile.ZipFile(room / "a.zip", "w", zipfile.ZIP_DEFLATED) as out:
        with out.open("bomb.txt", "w", force_zip64=True) as bomb:
            for _ in range(400):
                bomb.write(bytes(1_000_000))
        out.writestr("../../climbed.jsonl", record)
        out.writestr("/absolute.jsonl", record)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc/passwd")
        out.writestr("good.jsonl", record)
    (room / "b.jsonl").write_text(record.replace("Good", "After"))
    items = list(read([room], max_bytes=32_000_000))
    told = {item.member: item.code for item in items if isinstance(item, Rejection)}
    assert told["bomb.txt"] in ("too-large", "damaged")
    assert {item.title for item in items if isinstance(item, Article)} == {"Good", "After"}
    assert "root:" not in json.dumps([item.as_json() for item in items])
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "b.jsonl", "pile"]
