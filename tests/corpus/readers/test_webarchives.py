"""Web archives that lie: records whose length is wrong, garbage between them, a page that unpacks to far too much."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from corpus.article import Article, Rejection
from corpus.readers import read


def _record(number: int, error: int = 0) -> bytes:
    """A WARC record of one page whose Content-Length is wrong by so many bytes."""
    page = f"<title>Boat {number} came home</title><p>Boat {number} came home with the tide, nobody missing.</p>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://boats.example/{number}\r\n"
    head += f"WARC-Record-ID: <urn:boat:{number}>\r\nContent-Type: application/http\r\n"
    return f"{head}Content-Length: {len(http) + error}\r\n\r\n".encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("error", [-60, 60, 500, 10**9])
def test_a_record_that_lies_about_its_length_costs_no_other(tmp_path: Path, error: int) -> None:
    path = tmp_path / "lies.warc"
    path.write_bytes(_record(1) + _record(2, error) + _record(3) + _record(4))
    titles = [item.title for item in read([path]) if isinstance(item, Article)]
    assert [title for title in titles if not title.startswith("Boat 2")] == [f"Boat {n} came home" for n in (1, 3, 4)]


def test_garbage_between_records_is_told_and_passed_over(tmp_path: Path) -> None:
    for name, pack in (("plain.warc", bytes), ("packed.warc.gz", gzip.compress)):
        path = tmp_path / name
        path.write_bytes(pack(_record(1)) + b"no record at all\r\n" * 500 + pack(_record(2)))
        items = list(read([path]))
        assert [item.title for item in items if isinstance(item, Article)] == ["Boat 1 came home", "Boat 2 came home"]
        assert [item.code for item in items if isinstance(item, Rejection)] == ["damaged"]


def test_brotli_bomb_in_a_web_archive(tmp_path: Path) -> None:
    page = brotli.compress(b"<p>The same boat came home again.</p>" * 3_000_000, quality=1)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n" + page
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://boats.example/\r\n"
    path = tmp_path / "bomb.warc"
    path.write_bytes(head + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n" + _record(2))
    items = list(read([path]))
    assert [item.code for item in items if isinstance(item, Rejection)] == ["too-large"]
    assert [item.title for item in items if isinstance(item, Article)] == ["Boat 2 came home"]
