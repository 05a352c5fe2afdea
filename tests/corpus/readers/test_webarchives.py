"""Web archives that lie: records whose length is wrong, garbage between them, a page that unpacks to far too much."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable
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


def _answer(number: int, header: str, body: bytes) -> bytes:
    """A WARC record of an answer with this header and body."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header}\r\n\r\n".encode() + body
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://boats.example/{number}\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


PAGE = b"<title>Boat 7 came home</title><p>Boat 7 came home with the tide, nobody missing.</p>"
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Encoding: br", brotli.compress(PAGE)),
        ("Content-Encoding: br", PAGE),
        ("Content-Encoding: x-gzip", gzip.compress(PAGE)),
        ("Content-Encoding: gzip", PAGE),
        ("Content-Encoding: deflate", zlib.compress(PAGE)[2:-4]),
        ("Transfer-Encoding: chunked", CHUNKED),
        ("Transfer-Encoding: chunked", PAGE),
    ],
)
def test_packed_answers_and_those_that_only_say_so(tmp_path: Path, header: str, body: bytes) -> None:
    path = tmp_path / "coded.warc"
    path.write_bytes(_answer(7, header, body))
    assert [item.title for item in read([path]) if isinstance(item, Article)] == ["Boat 7 came home"]


def test_a_page_that_unpacks_only_in_part_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = bytearray(gzip.compress(PAGE + "".join(f"<p>{n * n}</p>" for n in range(40_000)).encode()))
    packed[-3000:-2990] = bytes(10)
    path = tmp_path / "coded.warc"
    path.write_bytes(_answer(7, "Content-Encoding: gzip", bytes(packed)))
    items = list(read([path]))
    assert [item.code for item in items if isinstance(item, Rejection)] == ["damaged"]
    assert [item.title for item in items if isinstance(item, Article)] == ["Boat 7 came home"]
    assert capsys.readouterr().err == ""


def test_zstandard_in_a_web_archive(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    path = tmp_path / "coded.warc"
    path.write_bytes(_answer(7, "Content-Encoding: zstd", zstandard.ZstdCompressor().compress(PAGE)))
    assert [item.title for item in read([path]) if isinstance(item, Article)] == ["Boat 7 came home"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_that_ends_within_a_record_is_told(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "cut.warc"
    path.write_bytes(b"".join(pack(_record(number)) for number in (1, 2, 3))[:-60])
    items = list(read([path]))
    told = [item.reason for item in items if isinstance(item, Rejection)]
    assert told == ["record 3 is cut: the file ends within it; what there is of it is read"]
    assert [item.title for item in items if isinstance(item, Article)][:2] == ["Boat 1 came home", "Boat 2 came home"]


def test_packages_of_packages_and_a_bomb_in_one(tmp_path: Path) -> None:
    inner, outer, bomb = (tmp_path / name for name in ("inner.wacz", "outer.wacz", "bomb.wacz"))
    with zipfile.ZipFile(inner, "w") as out:
        out.writestr("archive/data.warc", _record(1))
    with zipfile.ZipFile(outer, "w") as out:
        out.write(inner, "inner.wacz")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("archive/data.warc", _record(1) + bytes(100_000_000))
    (article,) = read([outer])
    assert isinstance(article, Article)
    assert (article.provenance.member or "").startswith("inner.wacz!/archive/data.warc!/")
    (rejection,) = read([bomb])
    assert isinstance(rejection, Rejection)
    assert rejection.code == "too-large"


def test_brotli_bomb_in_a_web_archive(tmp_path: Path) -> None:
    page = brotli.compress(b"<p>The same boat came home again.</p>" * 3_000_000, quality=1)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n" + page
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://boats.example/\r\n"
    path = tmp_path / "bomb.warc"
    path.write_bytes(head + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n" + _record(2))
    items = list(read([path]))
    assert [item.code for item in items if isinstance(item, Rejection)] == ["too-large"]
    assert [item.title for item in items if isinstance(item, Article)] == ["Boat 2 came home"]
