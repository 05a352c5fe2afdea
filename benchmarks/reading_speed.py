"""Articles per second and peak memory of every reader, on piles made here from the golden inputs.

    .venv/bin/python benchmarks/reading_speed.py [--articles N] [--format NAME]

Each format is read in a process of its own, so that its peak is its own. Formats that hold one article a file get N
files; those that stream (JSON Lines, tables, web archives, mailboxes) get one file of N, and then one of 4 N: the peak
must not grow with it.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
GOLDEN = Path(__file__).parent.parent / "tests" / "golden"
BODY = "\n\n".join(
    f"The harbour master of Osk said in sentence number {n} that the boat would leave with the wind, and that "
    f"nobody should wait for it on the pier with wet feet before then."
    for n in range(12)
)
ONE_FILE = {
    "textdump": "en-ferry.txt",
    "html": "de-theater.html",
    "nitf": "en-lamp.xml",
    "newsml-g2": "de-meldung.xml",
    "feed": "en-rss.rss",
    "mail": "en-newsletter.eml",
    "alto": "de-seite.xml",
    "tei": "fr-gazette.xml",
}
STREAMS = ("jsonlines", "table", "webarchive", "mbox")


def make(name: str, folder: Path, count: int) -> None:
    """A pile of so many articles of one format."""
    if name in ONE_FILE:
        source = GOLDEN / name / ONE_FILE[name]
        for number in range(count):
            (folder / f"{number:06}{source.suffix}").write_bytes(source.read_bytes())
        return
    with (folder / {"jsonlines": "x.jsonl", "table": "x.csv", "webarchive": "x.warc.gz", "mbox": "x.mbox"}[name]).open(
        "wb"
    ) as out:
        {"jsonlines": _jsonlines, "table": _table, "webarchive": _warc, "mbox": _mbox}[name](out, count)


def _jsonlines(out: io.BufferedWriter, count: int) -> None:
    for n in range(count):
        record = {
            "title": f"Boat {n}",
            "body": BODY,
            "language": "en",
            "published": "2024-05-05T10:00",
            "source": "Courier",
        }
        out.write(json.dumps(record).encode() + b"\n")


def _table(out: io.BufferedWriter, count: int) -> None:
    out.write(b"title,body,date\n")
    for n in range(count):
        out.write(f'Boat {n},"{BODY}",5 May 2024\n'.encode())


def _mbox(out: io.BufferedWriter, count: int) -> None:
    for n in range(count):
        head = f"From a@b Mon\nFrom: Courier <a@b.example>\nSubject: Boat {n}\nMessage-ID: <{n}@b>\n"
        head += "Date: Sun, 5 May 2024 10:00:00 +0000\n"
        out.write(f"{head}\n{BODY}\n\n".encode())


def _warc(out: io.BufferedWriter, count: int) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    page = (GOLDEN / "html" / "de-theater.html").read_bytes()
    writer = WARCWriter(out, gzip=True)
    for n in range(count):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        record = writer.create_warc_record(
            f"https://x.example/{n}", "response", payload=io.BytesIO(page), http_headers=headers
        )
        writer.write_record(record)


def measure(folder: str) -> None:
    """Read a pile and print what it took; runs in a process of its own."""
    from corpus.article import Article
    from corpus.readers import read

    start = time.perf_counter()
    count = sum(isinstance(item, Article) for item in read([folder]))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"articles": count, "seconds": seconds, "peak_mb": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--format", choices=(*ONE_FILE, *STREAMS), action="append")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    for name in options.format or (*ONE_FILE, *STREAMS):
        for count in (options.articles, 4 * options.articles) if name in STREAMS else (options.articles,):
            with tempfile.TemporaryDirectory() as folder:
                make(name, Path(folder), count)
                command = [sys.executable, __file__, "--measure", folder]
                found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            rate = found["articles"] / found["seconds"]
            print(f"{name:12} {found['articles']:6} articles  {rate:8.0f} a second  peak {found['peak_mb']:5.0f} MB")


if __name__ == "__main__":
    main()
