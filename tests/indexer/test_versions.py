"""Versions of one article in several files: the newest counts whatever the order; and what is read later by itself."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive
from indexer.ledger import entries
from indexer.pipeline import Report, update
from indexer.request import SearchRequest
from indexer.search import ArchiveSearch
from indexer.settings import Settings
from tests.corpus.readers.test_issues import ISSUE

LINK = "https://kran.example/2024/crane"
FULL = "The board of Karlskrona met on Monday. It will leave the old crane where it stands."
PAGE = """<html lang="en"><head><title>Crane stays</title><link rel="canonical" href="{link}">
<meta property="og:type" content="article"><meta property="article:published_time" content="2024-05-06T10:00:00Z">
<meta property="article:modified_time" content="{changed}"></head><body><h1>Crane stays</h1>
<article><p>{text}</p></article></body></html>"""
FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Kranbladet</title><entry><title>Crane stays</title>
<link href="{link}"/><updated>{changed}</updated><published>2024-05-06T10:00:00Z</published>
<summary>{text}</summary></entry></feed>"""


def ninjs(version: str, text: str, **more: str) -> str:
    item = {"uri": LINK, "type": "text", "version": version, "versioncreated": f"2024-05-06T1{version}:00:00Z"}
    return json.dumps({**item, "language": "en", "headline": "Crane stays", "body_text": text, **more})


VERSIONS: dict[str, tuple[str, str]] = {
    "a.json": (ninjs("1", f"{FULL} Nobody knows who will pay for it, said the engineers of the town."), "pay for it"),
    "b.json": (ninjs("2", f"{FULL} The town pays."), "The town pays."),
    "c.html": (PAGE.format(link=LINK, changed="2024-05-06T20:00:00Z", text=f"{FULL} The state pays."), "state pays"),
    "d.atom": (FEED.format(link=LINK, changed="2024-05-07T09:00:00Z", text="It will leave the crane."), "leave the"),
}
NEWEST_FIRST = ("c.html", "b.json", "a.json", "d.atom")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    (tmp_path / "pile").mkdir()
    return tmp_path / "pile"


@pytest.fixture
def run(archive: Archive, pile: Path) -> Callable[[], Report]:
    return lambda: update(archive, [pile], Settings())


def held(archive: Archive) -> list[Any]:
    search = ArchiveSearch(archive)
    views = [search.article(hit.id) for hit in search.search(SearchRequest(q="", limit=9)).hits]
    assert all(views)
    return views


@pytest.mark.parametrize("names", list(itertools.permutations(VERSIONS, 2)))
def test_the_newest_version_counts_whatever_the_order(
    names: tuple[str, ...], run: Callable[[], Report], archive: Archive, pile: Path
) -> None:
    for number, name in enumerate(names):
        (pile / f"{number}{name}").write_text(VERSIONS[name][0], encoding="utf-8")
        if number or names[0] < names[1]:  # both at once, or one after the other
            run()
    (view,) = held(archive)
    best = min(names, key=NEWEST_FIRST.index)
    assert VERSIONS[best][1] in view.article["body"]
    assert Path(view.provenances[0]["file"]).name.endswith(best)
    assert len(view.provenances) == 2


def test_the_newest_of_a_page_fetched_several_times_in_one_file(
    run: Callable[[], Report], archive: Archive, pile: Path
) -> None:
    row = {"url": LINK, "title": "Crane stays", "date": "2024-05-01"}
    rows = [{**row, "text": f"{FULL} Version {n}.", "updated_at": f"2024-05-0{n}"} for n in (2, 3, 1)]
    (pile / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run().as_json()["added"] == 1
    (view,) = held(archive)
    assert view.article["body"].endswith("Version 3.")
    assert run().as_json()["unchanged"] == 1


def test_an_item_is_read_when_its_embargo_has_ended(
    run: Callable[[], Report], archive: Archive, pile: Path
) -> None:
    end = datetime.now(UTC) + timedelta(seconds=2)
    (pile / "item.json").write_text(ninjs("1", FULL, embargoed=end.isoformat(timespec="seconds")), encoding="utf-8")
    first = run()
    assert first.as_json()["rejected"] == 1
    (told,) = [one for one in entries(first.ledger) if one["event"] == "rejected"]
    assert told["remedy"].startswith("Nothing to do")
    time.sleep(max(0.0, (end - datetime.now(UTC)).total_seconds()))
    assert run().as_json()["added"] == 1
    assert run().as_json()["unchanged"] == 1


def test_an_issue_is_read_again_when_its_missing_page_is_there(
    run: Callable[[], Report], archive: Archive, pile: Path
) -> None:
    (pile / "alto").mkdir()
    for name in ("mets.xml", "alto/1.xml"):
        (pile / name).write_text(ISSUE[name], encoding="utf-8")
    assert run().as_json()["rejected"] >= 1
    before = run().as_json()
    assert before["rejected"] >= 1
    (pile / "alto/2.xml").write_text(ISSUE["alto/2.xml"], encoding="utf-8")
    run()
    assert "Der Magistrat war zugegen." in "\n".join(view.article["body"] for view in held(archive))
    assert run().as_json()["rejected"] == 0
