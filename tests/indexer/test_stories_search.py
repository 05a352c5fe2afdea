"""Stories from files to answers: formed when a generation is published, told again when articles come and go."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive
from indexer.knowing import load_stories
from indexer.pipeline import update
from indexer.request import SearchRequest
from indexer.results import SearchResults
from indexer.search import ArchiveSearch
from indexer.settings import IndexSettings, Settings

WORDS = ("Fähre", "Werft", "Mole", "Boje", "Flut", "Ebbe", "Reederei", "Brücke", "Schleuse", "Kapitänin", "Behörde")
ENGINES = ("whoosh", "stock")


def text(seed: int) -> str:
    rng = random.Random(seed)
    names = [f"{rng.choice(WORDS)} {rng.choice(WORDS)}{rng.choice(WORDS).lower()}" for _ in range(30)]
    return " ".join(f"Die {one} wurde gestern von der {two} nicht mehr gesehen." for one, two in pairwise(names))


def article(name: str, seed: int, day: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": name, "title": f"Meldung {name}", "body": text(seed), "language": "de", "source": "Hafenkurier",
        "published": f"2024-06-{day:02d}", **fields,
    }  # fmt: skip


@pytest.fixture
def pile(tmp_path: Path) -> Callable[..., list[str]]:
    """Write a file of the pile; returns the pile."""

    def write(name: str, *articles: dict[str, Any]) -> list[str]:
        path = tmp_path / "pile" / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")
        return [str(path.parent)]

    return write


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest) -> Settings:
    return Settings(index=IndexSettings(engine=request.param))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def find(archive: Archive, **asked: Any) -> SearchResults:
    return ArchiveSearch(archive).search(SearchRequest(sort="oldest", **asked))


def told(results: SearchResults) -> dict[str, str | None]:
    return {hit.id: hit.story.id if hit.story else None for hit in results.hits}


def test_hits_name_their_story_and_the_answer_counts_stories(
    pile: Callable[..., list[str]], archive: Archive, settings: Settings
) -> None:
    body = text(1)
    pile("one", article("a", 1, 3), article("other", 2, 3))
    sources = pile("two", article("b", 1, 4, body=f"Rostock (dpa) – {body}", source="Werftblatt"), article("c", 3, 5))
    update(archive, sources, settings)
    found = find(archive)
    assert told(found) == {"a": "story:a", "other": None, "b": "story:a", "c": None}
    assert (found.total, found.stories) == (4, 3)
    given = found.as_json()
    assert given["stories"] == 3
    hits = {hit["id"]: hit["story"] for hit in given["hits"]}
    assert hits["c"] is None
    assert {key: hits["b"][key] for key in ("id", "versions", "languages")} == {
        "id": "story:a", "versions": 2, "languages": 1,
    }  # fmt: skip


def test_a_story_is_a_filter_like_any_other(
    pile: Callable[..., list[str]], archive: Archive, settings: Settings
) -> None:
    sources = pile("one", *(article(f"a{day}", 1, day) for day in (3, 4, 5)), article("x", 2, 3), article("y", 2, 9))
    update(archive, sources, settings)
    chosen = SearchRequest.from_params({"story": ["story:a3"]}, sort="oldest")
    found = ArchiveSearch(archive).search(chosen)
    assert [hit.id for hit in found.hits] == ["a3", "a4", "a5"]
    assert (found.total, found.stories) == (3, 1)
    without = ArchiveSearch(archive).search(SearchRequest(exclude={"story": ("story:a3",)}))
    assert (without.total, without.stories) == (2, 1)
    within = find(archive, start="2024-06-04", end="2024-06-05")
    assert (within.total, within.stories) == (2, 1)
    assert ("story", "story:a3") in chosen.params()


def test_versions_are_the_other_articles_earliest_first(
    pile: Callable[..., list[str]], archive: Archive, settings: Settings
) -> None:
    sources = pile("one", *(article(f"a{day}", 1, day) for day in (5, 3, 4)), article("x", 2, 3))
    update(archive, sources, settings)
    search = ArchiveSearch(archive)
    assert [hit.id for hit in search.versions("a4")] == ["a3", "a5"]
    assert search.versions("x") == ()
    assert search.versions("nowhere") == ()


def test_new_articles_change_the_stories_of_those_that_stay(
    pile: Callable[..., list[str]], archive: Archive, settings: Settings
) -> None:
    update(archive, pile("one", article("b", 1, 4), article("x", 2, 4)), settings)
    assert told(find(archive)) == {"b": None, "x": None}
    report = update(archive, pile("two", article("c", 1, 5)), settings)
    assert report.counts["added"] == 1
    assert told(find(archive)) == {"b": "story:b", "x": None, "c": "story:b"}
    # an earlier print gives the story its name
    update(archive, pile("three", article("a", 1, 2)), settings)
    assert told(find(archive)) == {"a": "story:a", "b": "story:a", "x": None, "c": "story:a"}
    assert find(archive).stories == 2


def test_a_story_of_which_one_article_is_left_is_none(
    pile: Callable[..., list[str]], archive: Archive, settings: Settings
) -> None:
    update(archive, pile("one", article("a", 1, 3), article("b", 1, 4), article("x", 2, 5)), settings)
    assert find(archive).stories == 2
    update(archive, pile("one", article("b", 1, 4), article("x", 2, 5)), settings)
    found = find(archive)
    assert told(found) == {"b": None, "x": None}
    assert found.stories in (None, 2)


def test_a_run_at_once_and_runs_one_by_one_tell_the_same(
    pile: Callable[..., list[str]], archive: Archive, settings: Settings, tmp_path: Path
) -> None:
    rows = [article(f"n{n:02d}", n % 5, 1 + n * 7 % 20) for n in range(14)]
    for number, one in enumerate(rows):
        sources = pile(f"{number:02d}", one)
        if number % 4 == 3 or number == len(rows) - 1:
            update(archive, sources, settings)
    whole = Archive(tmp_path / "whole")
    update(whole, sources, settings)
    assert told(find(archive, limit=50)) == told(find(whole, limit=50))
    assert load_stories(archive.current().path) == load_stories(whole.current().path)
    rows_told = load_stories(whole.current().path)["story:" + min(rows[:14:5], key=lambda row: row["published"])["id"]]
    assert [row[1] for row in rows_told] == ["original", "update", "update"]
    assert {row[4] for row in rows_told} == {"Hafenkurier"}
    assert [row[5] for row in rows_told] == sorted(row[5] for row in rows_told)


def test_stories_can_be_switched_off(pile: Callable[..., list[str]], archive: Archive) -> None:
    update(archive, pile("one", article("a", 1, 3), article("b", 1, 4)), Settings(index=IndexSettings(stories=False)))
    found = find(archive)
    assert told(found) == {"a": None, "b": None}
    assert found.stories is None
