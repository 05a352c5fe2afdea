"""What a run does to an archive: added, updated, unchanged, removed, rejected, joined; and what it leaves alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, Rejection
from corpus.errors import RebuildNeededError, UsageError
from corpus.readers import read_file
from corpus.readers.base import Source
from indexer.archive import Archive
from indexer.ledger import entries, runs
from indexer.pipeline import Report, update
from indexer.request import SearchRequest
from indexer.search import ArchiveSearch
from indexer.settings import IndexSettings, Settings, SourceSettings

Run = Callable[..., Report]

TEXT = (
    "Die Fährlinie zwischen Rostock und Gdynia nimmt im Frühjahr den Betrieb auf. Das teilte die Reederei mit.\n\n"
    "Zwei Schiffe sollen täglich verkehren, sagte Direktorin Heike Brandt."
)


def article(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"a{number}", "title": f"Meldung {number}", "body": TEXT, "language": "de",
        "published": f"2024-06-{number:02d}", "section": "Wirtschaft", "source": "Hafenkurier", **fields,
    }  # fmt: skip


def write(path: Path, *articles: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles), encoding="utf-8")
    return path


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    write(tmp_path / "pile" / "one.jsonl", article(1), article(2))
    write(tmp_path / "pile" / "two.jsonl", article(3))
    return tmp_path / "pile"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def run(archive: Archive, pile: Path) -> Run:
    def _run(**options: Any) -> Report:
        settings = options.pop("settings", Settings())
        return update(archive, options.pop("sources", [pile]), settings, **options)

    return _run


def counts(report: Report) -> dict[str, int]:
    return {name: value for name, value in report.as_json().items() if value and name not in ("generation", "seconds")}


def ids(archive: Archive, q: str = "") -> list[str]:
    found = ArchiveSearch(archive).search(SearchRequest(q=q, limit=100, sort="oldest"))
    assert found.total == len(found.hits)
    return [hit.id for hit in found.hits]


def test_a_first_run_adds_everything(run: Run, archive: Archive) -> None:
    report = run()
    assert (report.generation, counts(report)) == (1, {"read": 3, "added": 3})
    assert ids(archive) == ["a1", "a2", "a3"]
    assert ids(archive, "fährlinien") == ["a1", "a2", "a3"]


def test_the_same_pile_again_changes_nothing(run: Run, archive: Archive) -> None:
    run()
    before = sorted(path.name for path in archive.generations_path.iterdir())
    report = run()
    assert (report.generation, counts(report)) == (1, {"read": 3, "unchanged": 3})
    assert sorted(path.name for path in archive.generations_path.iterdir()) == before


def test_a_file_touched_but_equal_is_unchanged(run: Run, pile: Path) -> None:
    run()
    (pile / "one.jsonl").touch()
    assert counts(run()) == {"read": 3, "unchanged": 3}


def test_a_changed_file_is_updated(run: Run, archive: Archive, pile: Path) -> None:
    run()
    write(pile / "one.jsonl", article(1), article(2, title="Streik im Hafen"), article(4))
    report = run()
    assert (report.generation, counts(report)) == (2, {"read": 4, "added": 1, "updated": 1, "unchanged": 2})
    assert ids(archive, "streik") == ["a2"]
    assert ids(archive) == ["a1", "a2", "a3", "a4"]


def test_an_article_that_left_its_file_is_removed(run: Run, archive: Archive, pile: Path) -> None:
    run()
    write(pile / "one.jsonl", article(1))
    assert counts(run()) == {"read": 2, "unchanged": 2, "removed": 1}
    assert ids(archive) == ["a1", "a3"]


def test_a_vanished_file_is_reported_and_pruned_on_request(
    run: Run, archive: Archive, pile: Path
) -> None:
    run()
    (pile / "two.jsonl").unlink()
    assert counts(run()) == {"read": 2, "unchanged": 2, "missing": 1}
    assert ids(archive) == ["a1", "a2", "a3"]
    assert counts(run(prune=True)) == {"read": 2, "unchanged": 2, "removed": 1}
    assert ids(archive) == ["a1", "a2"]
    assert counts(run()) == {"read": 2, "unchanged": 2}


def test_an_article_in_two_files_is_kept_once_with_both_provenances(
    run: Run, archive: Archive, pile: Path
) -> None:
    write(pile / "three.jsonl", article(3, body=TEXT + "\n\nMehr folgt."))
    run()
    view = ArchiveSearch(archive).article("a3")
    assert view is not None
    assert ids(archive) == ["a1", "a2", "a3"]
    assert sorted(Path(one["file"]).name for one in view.provenances) == ["three.jsonl", "two.jsonl"]
    assert view.article["body"].endswith("Mehr folgt.")
    (pile / "three.jsonl").unlink()
    run(prune=True)
    view = ArchiveSearch(archive).article("a3")
    assert view is not None
    assert [Path(one["file"]).name for one in view.provenances] == ["two.jsonl"]


def test_a_second_file_may_join_later(run: Run, archive: Archive, pile: Path) -> None:
    run()
    write(pile / "three.jsonl", article(3))
    assert counts(run()) == {"read": 4, "updated": 1, "unchanged": 3}
    view = ArchiveSearch(archive).article("a3")
    assert view is not None
    assert len(view.provenances) == 2
    assert counts(run()) == {"read": 4, "unchanged": 4}


def test_rejections_are_told_again_and_again_until_they_are_mended(
    run: Run, archive: Archive, pile: Path
) -> None:
    (pile / "bad.bin").write_bytes(bytes(range(256)) * 20)
    with (pile / "one.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"title": "abgeschnitten\n')
    for _ in range(2):
        assert run().counts["rejected"] == 2
        rejected = [entry for entry in entries(runs(archive.ledger_path)[-1]) if entry["event"] == "rejected"]
        assert [(Path(one["file"]).name, one["code"], one["line"]) for one in rejected] == [
            ("bad.bin", "unknown-format", None), ("one.jsonl", "damaged", 3),
        ]  # fmt: skip
        assert all(one["reason"] and one["remedy"] for one in rejected)
    (pile / "bad.bin").unlink()
    write(pile / "one.jsonl", article(1), article(2))
    assert run(prune=True).counts["rejected"] == 0


def test_the_ledger_keeps_where_each_field_came_from(run: Run, archive: Archive) -> None:
    run()
    lines = list(entries(runs(archive.ledger_path)[-1]))
    assert lines[0]["event"] == "run"
    assert lines[-1]["event"] == "end"
    assert lines[-1]["added"] == 3
    added = [line for line in lines if line["event"] == "added"]
    assert [line["id"] for line in added] == ["a1", "a2", "a3"]
    assert added[0]["fields"]["title"]["line"] == 1


@pytest.mark.parametrize("workers", [2, 3])
def test_several_processes_give_what_one_gives(archive: Archive, pile: Path, tmp_path: Path, workers: int) -> None:
    for number in range(5, 25):
        write(pile / f"more-{number:02d}.jsonl", article(number))
    one = update(archive, [pile], Settings(), workers=1)
    other = Archive(tmp_path / "other")
    several = update(other, [pile], Settings(), workers=workers)
    assert counts(one) == counts(several)
    files = [found.current().manifest["files"] for found in (archive, other)]
    same = [{name: row["sha256"] for name, row in one.items() if not name.startswith("inputs")} for one in files]
    assert same[0] == same[1]


def test_a_rebuild_keeps_articles_whose_files_are_gone(run: Run, archive: Archive, pile: Path) -> None:
    run()
    (pile / "two.jsonl").unlink()
    report = run(fresh=True)
    assert report.generation == 2
    assert ids(archive) == ["a1", "a2", "a3"]
    shutil.rmtree(pile)
    pile.mkdir()
    run(fresh=True)
    assert ids(archive) == ["a1", "a2", "a3"]


def test_an_update_of_another_analysers_archive_asks_for_a_rebuild(run: Run, archive: Archive) -> None:
    run()
    path = archive.current().path / "MANIFEST.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "analyser": "0-old", "analyser_seal": "0-old"}), encoding="utf-8")
    with pytest.raises(RebuildNeededError):
        run()
    with pytest.raises(RebuildNeededError):
        ids(archive)
    assert run(fresh=True).generation == 2
    assert ids(archive) == ["a1", "a2", "a3"]


def test_without_sources_it_says_so(archive: Archive) -> None:
    with pytest.raises(UsageError, match="no sources"):
        update(archive, [], Settings())


def test_settings_of_a_source_fill_what_articles_do_not_say(archive: Archive, tmp_path: Path) -> None:
    plain = {"id": "x", "title": "Kiezfest am Sonntag", "body": TEXT, "section": "Kiez", "published": "2024-06-01"}
    pile = write(tmp_path / "plain" / "one.jsonl", plain).parent
    source = SourceSettings(path=str(pile), name="Kiezblatt", sections={"Kiez": "medtop:14000000"})
    update(archive, [pile], Settings(sources=(source,)))
    view = ArchiveSearch(archive).article("x")
    assert view is not None
    assert view.article["source"] == "Kiezblatt"
    assert view.category is not None
    assert view.category.code == "medtop:14000000"


def test_entities_can_be_switched_off(archive: Archive, pile: Path) -> None:
    update(archive, [pile], Settings(index=IndexSettings(entities=False)))
    view = ArchiveSearch(archive).article("a1")
    assert view is not None
    assert view.entities == ()


def test_a_search_moves_to_the_new_generation_by_itself(run: Run, archive: Archive, pile: Path) -> None:
    run()
    search = ArchiveSearch(archive)
    assert search.search(SearchRequest()).total == 3
    write(pile / "three.jsonl", article(9))
    run()
    assert (search.search(SearchRequest()).total, search.generation) == (4, 2)
    with archive.lock():
        archive.rollback()
    assert (search.search(SearchRequest()).total, search.generation) == (3, 1)


def test_a_reader_that_trips_is_told_and_the_rest_is_read(
    run: Run, archive: Archive, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trips(source: Source) -> Iterator[Article | Rejection]:
        for item in read_file(source):
            if source.path.name == "two.jsonl":
                raise ZeroDivisionError("in a library")
            yield item

    monkeypatch.setattr("indexer.pipeline.reading.read_file", trips)
    report = run()
    assert report.counts["rejected"] == 1
    assert "ZeroDivisionError: in a library" in report.rejected[0].reason
    assert ids(archive) == ["a1", "a2"]
    monkeypatch.undo()
    assert run().counts["added"] == 1, "it is tried again though the file is as it was"


def test_a_file_that_goes_while_it_is_to_be_read(
    run: Run, archive: Archive, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def goes(source: Source) -> Iterator[Article | Rejection]:
        if source.path.name == "two.jsonl":
            source.path.unlink()
        yield from read_file(source)

    monkeypatch.setattr("indexer.pipeline.reading.read_file", goes)
    report = run()
    assert report.counts["rejected"] == 1
    assert ids(archive) == ["a1", "a2"]


def test_progress_tells_the_bytes_of_a_large_file_as_they_are_read(archive: Archive, tmp_path: Path) -> None:
    large = write(tmp_path / "large.jsonl", *(article(number) for number in range(750)))
    small = write(tmp_path / "small.jsonl", article(1000))
    told: list[int] = []

    def progress(items: Iterable[Any], *, what: str, total: int | None = None, **more: Any) -> Iterator[Any]:
        weigh = more.get("weigh")
        for item in items:
            if what == "Reading":
                assert total == large.stat().st_size + small.stat().st_size
                told.append(weigh(item))
            yield item

    update(archive, [large, small], Settings(), progress=progress)
    assert sum(told) == large.stat().st_size + small.stat().st_size
    assert len(told) == 9
    assert max(told) < large.stat().st_size / 2


ENGLISH = (
    "The ferry between Rostock and Gdynia starts in spring. The shipping company said so on Monday.\n\n"
    "Two vessels will sail every day, director Heike Brandt told reporters, and tickets are on sale now."
)


def test_an_article_in_two_languages_is_found_in_each(archive: Archive, pile: Path, run: Run) -> None:
    write(pile / "a.jsonl", article(1), article(2, body=f"{TEXT}\n\n{ENGLISH}"), article(3))
    report = run()
    search = ArchiveSearch(archive)
    for query in ("vessel", "sailing", "Schiff"):  # stems of both languages
        found = search.search(SearchRequest(q=query))
        hit = next(hit for hit in found.hits if hit.id == "a2")
        assert hit.language == "de"
        assert hit.snippet.spans, query
    counts = {value.value: value.count for value in search.search(SearchRequest()).facets["language"]}
    assert counts == {"de": 3, "en": 1}
    notes = [note for entry in entries(report.ledger) if entry.get("id") == "a2" for note in entry.get("notes", ())]
    assert any("of the text is in en" in note for note in notes), notes
