"""Generations on disk: made beside the live one, switched in one step, kept, rolled back, verified."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import pytest

from corpus.errors import DamagedArchiveError, LockedError, NewsdexError, RebuildNeededError, UsageError
from indexer.archive import Archive
from indexer.disk import write_synced
from indexer.generation import Generation


def make(archive: Archive, text: str = "terms", base: Generation | None = None) -> Generation:
    draft = archive.begin()
    (draft.path / "index" / "terms.bin").write_text(text)
    return draft.finish(analyser="1", engine="stock", counts={"articles": 3}, base=base)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive")
    archive.create()
    return archive


def test_an_archive_without_a_generation_says_what_to_do(archive: Archive) -> None:
    assert archive.current_number is None
    with pytest.raises(UsageError, match="newsdex index"):
        archive.current()


def test_a_finished_generation_is_not_live_until_the_switch(archive: Archive) -> None:
    generation = make(archive)
    assert archive.current_number is None
    archive.switch(generation.number)
    assert archive.current().number == 1
    assert archive.current().manifest["articles"] == 3
    assert set(archive.current().manifest["files"]) == {"index/terms.bin", "tables.kept"}


def test_numbers_rise_and_what_a_dead_writer_left_is_cleared(archive: Archive) -> None:
    archive.switch(make(archive).number)
    left = archive.begin()
    assert left.path.exists()
    second = make(archive)
    assert second.number == 2
    assert not left.path.exists() or left.path == second.path
    assert [generation.number for generation in archive.generations()] == [1, 2]


def test_rollback_goes_to_the_generation_before_or_to_a_number(archive: Archive) -> None:
    for _ in range(3):
        archive.switch(make(archive).number)
    assert archive.rollback() == 2
    assert archive.current_number == 2
    assert archive.rollback(3) == 3
    with pytest.raises(NewsdexError, match="9 is not kept"):
        archive.rollback(9)
    archive.rollback(1)
    with pytest.raises(NewsdexError, match="no generation before 1"):
        archive.rollback()


@pytest.mark.parametrize(("keep", "left"), [(1, [4]), (2, [3, 4]), (9, [1, 2, 3, 4])])
def test_old_generations_are_collected_and_the_live_one_never(archive: Archive, keep: int, left: list[int]) -> None:
    for _ in range(4):
        archive.switch(make(archive).number)
    archive.collect(keep)
    assert [generation.number for generation in archive.generations()] == left


def test_after_a_rollback_the_live_generation_is_kept(archive: Archive) -> None:
    for _ in range(4):
        archive.switch(make(archive).number)
    archive.rollback(1)
    archive.collect(1)
    assert [generation.number for generation in archive.generations()] == [1]


def test_one_writer_at_a_time(archive: Archive) -> None:
    with archive.lock(), pytest.raises(LockedError, match=f"process {os.getpid()} is writing"), archive.lock():
        pass
    with archive.lock():
        pass


def _hold_and_die(path: str) -> None:
    with Archive(path).lock():
        os._exit(1)


def test_the_lock_of_a_dead_process_is_free(archive: Archive) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_hold_and_die, args=(str(archive.path),))
    process.start()
    process.join(30)
    assert process.exitcode == 1
    with archive.lock():
        assert (archive.path / ".lock").read_text() == f"process {os.getpid()}"


def test_verify_names_what_is_missing_or_altered(archive: Archive) -> None:
    generation = make(archive)
    assert generation.verify() == []
    path = generation.index / "terms.bin"
    path.write_text("torms")
    assert generation.verify() == [f"{path}: altered, its checksum is not that of the manifest"]
    generation.check_sizes()
    path.unlink()
    assert generation.verify() == [f"{path}: missing"]
    with pytest.raises(DamagedArchiveError, match="newsdex repair"):
        generation.check_sizes()


def test_a_file_cut_short_is_found_without_reading_it(archive: Archive) -> None:
    generation = make(archive)
    (generation.index / "terms.bin").write_text("ter")
    with pytest.raises(DamagedArchiveError, match="3 bytes instead of 5"):
        generation.check_sizes()
    with pytest.raises(DamagedArchiveError, match="3 bytes instead of 5"):
        archive.switch(generation.number)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": {}}'])
def test_a_damaged_manifest_is_told(archive: Archive, text: str) -> None:
    generation = make(archive)
    (generation.path / "MANIFEST.json").write_text(text)
    with pytest.raises(DamagedArchiveError, match=r"MANIFEST\.json"):
        _ = Generation(generation.number, generation.path).manifest


def test_a_damaged_current_is_told(archive: Archive) -> None:
    (archive.path / "CURRENT").write_text("\0\0\0")
    with pytest.raises(DamagedArchiveError, match="no generation number"):
        _ = archive.current_number
    (archive.path / "CURRENT").write_text("7\n")
    with pytest.raises(DamagedArchiveError, match="missing"):
        archive.current()


def test_another_analyser_asks_for_a_rebuild(archive: Archive) -> None:
    generation = make(archive)
    generation.check_analyser("1")
    with pytest.raises(RebuildNeededError, match="newsdex rebuild"):
        generation.check_analyser("2")


def test_hard_linked_files_keep_the_checksum_of_the_generation_before(archive: Archive) -> None:
    first = make(archive)
    draft = archive.begin()
    os.link(first.index / "terms.bin", draft.path / "index" / "terms.bin")
    second = draft.finish(analyser="1", engine="stock", counts={}, base=first)
    name = "index/terms.bin"
    assert second.manifest["files"][name] == first.manifest["files"][name]
    assert second.verify() == []


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    write_synced(path, b"1\n")
    write_synced(path, b"2\n")
    assert path.read_bytes() == b"2\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["CURRENT"]


def test_the_manifest_is_plain_json(archive: Archive) -> None:
    generation = make(archive)
    manifest = json.loads((generation.path / "MANIFEST.json").read_text(encoding="utf-8"))
    assert manifest["generation"] == 1
    assert manifest["files"]["index/terms.bin"]["bytes"] == 5
