"""Hostile input: each gives a rejection or what can still be read, in bounded time, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article, Rejection
from corpus.readers import UNFORESEEN, read, read_file

GOLDEN = Path(__file__).parents[2] / "golden"
SUFFIXES = (".txt", ".jsonl", ".json", ".html", ".htm.gz", ".xml", ".rss", ".csv", ".tsv", ".warc", ".warc.gz", ".wacz",
            ".zip", ".tar", ".gz", ".bz2", ".xz", ".zst", ".eml", ".mbox", ".mhtml", ".pdf", "")  # fmt: skip
GOOD = json.dumps({"title": "Good", "body": "This record is in order and has to be read.", "language": "en"})


def bomb(root: str, inside: str) -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">{entities}]>{inside.format(root=root)}'


def nested_zip(depth: int) -> bytes:
    data = b"the core of it"
    for level in range(depth):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(f"level{level}.zip" if level else "core.txt", data)
        data = buffer.getvalue()
    return data


def aliases() -> str:
    """Front matter of twelve lines that would be 9 ** 12 words."""
    rows = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 13))
    return f"---\nb0: &b0 [x]\n{rows}title: *b12\n---\nThe boat was lost on Monday and found again on Tuesday.\n"


def boundaries(depth: int) -> bytes:
    """A message in a message in a message …"""
    message = b"body"
    for level in range(depth):
        head = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
        message = head + message + b"\n--b%d--\n" % level
    return message


def overlapping_zip(count: int) -> bytes:
    """A directory of many members that are all the same two megabytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("00000.txt", bytes(2_000_000))
    data = buffer.getvalue()
    start, end = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    rows = data[start:end] * count
    return data[:start] + rows + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(rows), start, 0)


def zip_of_zips(depth: int) -> bytes:
    """Sixteen archives in each of sixteen archives …, and in the innermost thirty megabytes of nothing."""
    data = b"\x00" * 30_000_000
    for level in range(depth):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(16):
                archive.writestr(f"{number}.{'zip' if level else 'txt'}", data)
        data = buffer.getvalue()
    return data


NASTY: dict[str, Callable[[], bytes]] = {
    "bomb-nitf.xml": lambda: bomb(
        "nitf", "<{root}><body><body.content><p>&e11;</p></body.content></body></{root}>"
    ).encode(),
    "bomb.rss": lambda: bomb("rss", "<{root}><channel><item><title>&e11;</title></item></channel></{root}>").encode(),
    "external.xml": lambda: (
        b'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body><body.content><p>&x;</p>'
        b"</body.content></body></nitf>"
    ),
    "external.rss": lambda: (
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title>'
        b"</item></channel></rss>"
    ),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 1_000_000 + b"deep",
    "deep.xml": lambda: b"<nitf>" + b"<p>" * 1_000_000,
    "deep.json": lambda: b'{"title":' + b"[" * 1_000_000,
    "deep.jsonl": lambda: b'{"title":' + b"[" * 1_000_000 + b"\n" + GOOD.encode() + b"\n",
    "deep.rss": lambda: b"<rss><channel><item><title>x</title><description>" + b"<b>" * 100_000,
    "ld.html": lambda: b'<html><script type="application/ld+json">' + b"[" * 500_000 + b"</script><p>x</p></html>",
    "nul.txt": lambda: b"\x00" * 100_000,
    "nul.html": lambda: b"<html>" + b"\x00" * 100_000,
    "binary.txt": lambda: random.Random(1).randbytes(200_000),
    "binary.html": lambda: random.Random(2).randbytes(200_000),
    "one-line.txt": lambda: b"word " * 400_000,
    "many-lines.txt": lambda: b"word\n" * 300_000,
    "dates.txt": lambda: b"24 June 2024, 16:28\n" * 20_000,
    "brackets.txt": lambda: b"([" * 500_000,
    "spaces.txt": lambda: b" " * 2_000_000 + b"x",
    "surrogates.jsonl": lambda: b'{"title": "\\ud800\\udfff lone", "body": "\\ud800 and more of the text"}\n',
    "numbers.jsonl": lambda: b'{"title": 1e999, "published": 99999999999999999999, "body": ' + b"9" * 10_000 + b"}\n",
    "gzip-bomb.html.gz": lambda: gzip.compress(b"<p>x</p>" * 30_000_000, 1),
    "gzip-bomb.gz": lambda: gzip.compress(b"\x00" * 300_000_000, 1),
    "nested.zip": lambda: nested_zip(12),
    "lying.zip": lambda: nested_zip(1).replace(b"the core", b"the cor\x00"),
    "head-only.warc": lambda: (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n"
    ),
    "head-only.arc": lambda: b"filedesc://x 0.0.0.0 20200101000000 text/plain 200\n1 0 x\n",
    "long-header.eml": lambda: (
        b"From: a@b.example\nSubject: " + b"x" * 2_000_000 + b"\nMIME-Version: 1.0\nDate: x\n\nbody"
    ),
    "parts.eml": lambda: (
        b"From: a\nDate: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 100_000
    ),
    "quote.csv": lambda: b'title,body\n"' + b"x" * 3_000_000,
    "wide.csv": lambda: b"title," * 100_000 + b"\n" + b"a," * 100_000,
    "attributes.html": lambda: b"<html><body " + b" ".join(b'a%d="1"' % n for n in range(1_000_000)) + b"><p>Lost.</p>",
    "paragraphs.html": lambda: b"<p>x" * 1_000_000,
    "aliases.md": lambda: aliases().encode(),
    "links.md": lambda: b"[a](" * 500_000,
    "brackets.md": lambda: b"[x](y\n" * 50_000,
    "stars.md": lambda: b"*a" * 500_000 + b"\n" + b"[a](b) " * 4,
    "boundaries.eml": lambda: b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n" + boundaries(2000),
    "twice.gz": lambda: gzip.compress(gzip.compress(b"\x00" * 100_000_000, 1)),
    "overlapping.zip": lambda: overlapping_zip(2000),
    "zips.zip": lambda: zip_of_zips(3),
    "broken.pdf": lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(100_000),
}


@pytest.mark.parametrize("name", NASTY)
def test_one_nasty_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(NASTY[name]())
    (tmp_path / "zzz-good.jsonl").write_text(GOOD)
    start = time.monotonic()
    items = list(read([tmp_path], max_bytes=32 * 1024 * 1024))
    assert time.monotonic() - start < 25, "bounded in time"
    assert any(isinstance(item, Article) and item.title == "Good" for item in items), "the rest is read"
    assert any(owner(item).endswith(name) for item in items), "the file itself is accounted for"
    assert not any(isinstance(item, Rejection) and UNFORESEEN in item.reason for item in items)
    shown = json.dumps([item.as_json() for item in items])
    assert "root:" not in shown, "no other file was read"
    assert "boomboom" not in shown, "no entity was expanded"


def owner(item: Article | Rejection) -> str:
    return item.provenance.file if isinstance(item, Article) else item.file


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_sparse_file_of_ten_gigabytes(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"sparse{suffix}"
    with path.open("wb") as out:
        out.truncate(10 * 1024**3)
    start = time.monotonic()
    (item,) = read([path])
    assert isinstance(item, Rejection)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_empty_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"empty{suffix}"
    path.touch()
    (item,) = read([path])
    assert isinstance(item, Rejection)
    assert item.code in ("no-text", "damaged")


def test_names_links_and_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "not-there")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "secret.jsonl").write_text(GOOD)
    broken = os.fsencode(tmp_path) + b"/na\xefve\xff.jsonl"
    Path(os.fsdecode(broken)).write_text(GOOD)
    items = list(read([tmp_path, tmp_path / "missing.txt", "a\0b"]))
    codes = {Path(item.file).name: item.code for item in items if isinstance(item, Rejection)}
    assert codes["loop"] == "unknown-format"
    assert codes["nowhere.txt"] == codes["missing.txt"] == "damaged"
    assert codes["pipe.txt"] == "unknown-format"
    (article,) = [item for item in items if isinstance(item, Article)]
    assert "ve" in article.provenance.file
    json.dumps([item.as_json() for item in items]).encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("closed")
    path.chmod(0)
    (item,) = read([path])
    assert isinstance(item, Rejection)
    assert item.code == "damaged"


def test_what_follows_gzip_data_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "tail.jsonl.gz").write_bytes(gzip.compress(GOOD.encode()) + b"no gzip" * 1000)
    items = list(read([tmp_path]))
    assert [item.title for item in items if isinstance(item, Article)] == ["Good"]
    assert [item.code for item in items if isinstance(item, Rejection)] == ["damaged"]


def test_binary_data_behind_a_text_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    path.write_bytes(b"The harbour was closed on Monday, they said.\n" * 400 + random.Random(5).randbytes(60_000))
    (item,) = read([path])
    assert isinstance(item, Rejection)
    assert item.code == "unknown-format"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "koi8-r", "utf-8"])
def test_a_long_text_in_any_encoding_is_a_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(
        "\n\n".join(
            f"Гавань {number} закрыли в понедельник из-за шторма, сообщили вечером власти города."
            for number in range(2000)
        ).encode(encoding)
    )
    assert any(isinstance(item, Article) and item.body.startswith("Гавань") for item in read([path]))


def test_too_large_is_told_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text("A sentence of an article that goes on. " * 1000)
    (item,) = read([path], max_bytes=1000)
    assert isinstance(item, Rejection)
    assert item.code == "too-large"


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(data=st.binary(max_size=3000), suffix=st.sampled_from(SUFFIXES))
def test_any_bytes(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    check(list(read_file(path)))


@FUZZ
@given(data=st.data())
def test_damaged_golden_files(tmp_path: Path, data: st.DataObject) -> None:
    files = sorted(
        path for path in GOLDEN.glob("*/*") if path.is_file() and path.suffix not in (".json", ".yaml", ".py")
    )
    original = data.draw(st.sampled_from(files))
    content = bytearray(original.read_bytes())
    for _ in range(data.draw(st.integers(0, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    path = tmp_path / original.name
    path.write_bytes(bytes(content[:cut]))
    check(list(read_file(path)))


def check(items: list[Article | Rejection]) -> None:
    """Something is said of every file, and all of it can be written as JSON in UTF-8."""
    assert items
    for item in items:
        json.dumps(item.as_json(), ensure_ascii=False).encode("utf-8")
        assert isinstance(item, Article) or UNFORESEEN not in item.reason, item
        if isinstance(item, Article):
            assert item.id
            assert item.title or item.body
