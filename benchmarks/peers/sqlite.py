"""SQLite's FTS5 with tables for days and entities."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.asked import Asked, Kind
from benchmarks.peers.base import Inside, PeerBuilder, Search

if TYPE_CHECKING:
    from benchmarks.generate import Chunk

TABLES = """
    create virtual table words using fts5(text, content='', tokenize="unicode61 remove_diacritics 0");
    create table article(number integer primary key, id text, category int, month int, day int);
    create table entity(article int, entity int, primary key(article, entity)) without rowid;
    create table name(entity integer primary key, name text);
"""
ALL = "words join article on number = words.rowid where words match ?"


class _Builder:
    def __init__(self, directory: Path) -> None:
        self._db = sqlite3.connect(directory / "articles.db")
        for pragma in ("journal_mode=wal", "synchronous=normal", "cache_size=-500000"):
            self._db.execute(f"pragma {pragma}")
        self._db.executescript(TABLES)
        self._names: dict[str, int] = {}

    def add(self, chunk: Chunk) -> None:
        numbers = range(chunk.start + 1, chunk.start + 1 + len(chunk))
        run = self._db.executemany
        run("insert into words(rowid, text) values (?, ?)", zip(numbers, chunk.texts, strict=True))
        rows = zip(numbers, chunk.ids, chunk.category.tolist(), chunk.months, chunk.day.tolist(), strict=True)
        run("insert into article values (?, ?, ?, ?, ?)", rows)
        names = self._names
        pairs = (
            (number, names.setdefault(name, len(names)))
            for number, some in zip(numbers, chunk.entity_names, strict=True)
            for name in some
        )
        run("insert into entity values (?, ?)", pairs)

    def finish(self) -> None:
        self._db.executemany("insert into name values (?, ?)", ((i, name) for name, i in self._names.items()))
        self._db.execute("insert into words(words) values ('optimize')")
        self._db.execute("create index article_day on article(day)")
        self._db.commit()
        self._db.execute("pragma wal_checkpoint(truncate)")
        self._db.close()


class Sqlite(Inside):
    """See `benchmarks.peers.base.Peer`."""

    name = "SQLite FTS5"
    most = 200_000

    def missing(self) -> str | None:
        return None

    def builder(self, directory: Path) -> PeerBuilder:
        return _Builder(directory)

    def open(self, directory: Path) -> Mapping[Kind, Search]:
        db = sqlite3.connect(directory / "articles.db", isolation_level=None)
        db.execute("pragma cache_size=-500000")
        db.execute("pragma mmap_size=2000000000")
        db.execute("create temp table hit(number integer primary key)")

        def run(match: str) -> int:
            total = db.execute("select count(*) from words where words match ?", (match,)).fetchone()[0]
            db.execute("select rowid from words where words match ? order by rank limit 10", (match,)).fetchall()
            return int(total)

        def year(asked: Asked) -> int:
            given = (asked.words[0], asked.first_day, asked.last_day)
            total = db.execute(f"select count(*) from {ALL} and day between ? and ?", given).fetchone()[0]
            db.execute(f"select number from {ALL} and day between ? and ? order by rank limit 10", given).fetchall()
            return int(total)

        def facets(asked: Asked) -> int:
            total = run(asked.words[0])
            db.execute("delete from hit")
            db.execute("insert into hit select rowid from words where words match ?", (asked.words[0],))
            for column in ("category", "month"):
                db.execute(f"select {column}, count(*) from hit join article using (number) group by 1").fetchall()
            db.execute(
                "select entity, count(*) c from hit join entity on article = number group by 1 order by c desc limit 20"
            ).fetchall()
            return total

        return {
            "term": lambda asked: run(asked.words[0]),
            "and": lambda asked: run(" AND ".join(asked.words)),
            "or": lambda asked: run(" OR ".join(asked.words)),
            "not": lambda asked: run(" NOT ".join(asked.words)),
            "phrase": lambda asked: run(f'"{" ".join(asked.words)}"'),
            "prefix": lambda asked: run(asked.words[0] + "*"),
            "year": year,
            "facets": facets,
        }


PEER = Sqlite()
