"""An archive whose files are missing, cut short or altered; a full disk; backups."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import EXIT_DAMAGED, EXIT_FAILED
from tests.cli.conftest import Run, command_line, environment, run
from tests.faults.test_killed_runs import articles, check_live, index

__all__ = ["run"]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two generations, and its pile beside it."""
    made = tmp_path_factory.mktemp("two")
    index(articles(made / "pile", 5, "harbour"), made / "archive")
    index(articles(made / "pile", 5, "airport"), made / "archive")
    return made


@pytest.fixture
def archive(two: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two / "archive", tmp_path / "archive"))


def total(run: Run, archive: Path, word: str = "airport") -> Any:
    return run("search", word, "--archive", archive, "--json").json["total"]


def files_of(generation: Path) -> list[str]:
    return sorted(str(path.relative_to(generation)) for path in generation.rglob("*") if path.is_file())


def test_missing_and_cut_short(run: Run, archive: Path) -> None:
    generation = archive / "generations" / "2"
    for name in files_of(generation):
        path = generation / name
        whole = path.read_bytes()
        for kept in (None, whole[: len(whole) // 2]):
            path.unlink()
            if kept is not None and whole:
                path.write_bytes(kept)
            for command in (("search", "airport"), ("verify",)):
                ran = run(*command, "--archive", archive)
                assert ran.code == EXIT_DAMAGED, (name, command)
                said = ran.out.decode() + ran.err
                assert path.name in said, (name, command)
                assert "newsdex repair" in said
            path.unlink(missing_ok=True)
            path.write_bytes(whole)
    assert run("verify", "--all", "--archive", archive).code == 0


def test_one_altered_bit(run: Run, archive: Path) -> None:
    generation = archive / "generations" / "2"
    for name in files_of(generation):
        path = generation / name
        whole = path.read_bytes()
        if not whole or path.name == "MANIFEST.json":
            continue
        altered = bytearray(whole)
        altered[len(whole) // 3] ^= 16
        path.unlink()  # it may be shared with generation 1
        path.write_bytes(altered)
        ran = run("verify", "--archive", archive, "--json")
        assert ran.code == EXIT_DAMAGED
        assert any(name in fault for fault in ran.json["generations"][0]["faults"])
        assert run("backup", archive / "no.tar", "--archive", archive).code == EXIT_DAMAGED
        searched = run("search", "airport", "--archive", archive)
        assert "Traceback" not in searched.err
        path.write_bytes(whole)


@pytest.mark.parametrize("text", [b"", b"two\n", b"\xff\x00", b"-1", b"99", b"1\n2\n", "²".encode(), "٢".encode()])
def test_garbage_in_current(run: Run, archive: Path, two: Path, text: bytes) -> None:
    (archive / "CURRENT").write_bytes(text)
    ran = run("search", "airport", "--archive", archive)
    assert ran.code == EXIT_DAMAGED
    assert "newsdex repair" in ran.err
    assert run("index", two / "pile", "--archive", archive).code == EXIT_DAMAGED
    assert run("repair", "--archive", archive, "--json").json["generation"] == 2
    assert total(run, archive) == 5
    (archive / "CURRENT").write_bytes(text)
    assert run("rebuild", "--archive", archive).code == 0
    assert total(run, archive) == 5


def test_a_missing_current(run: Run, archive: Path) -> None:
    (archive / "CURRENT").unlink()
    ran = run("search", "airport", "--archive", archive)
    assert ran.code == EXIT_DAMAGED
    assert "CURRENT" in ran.err
    assert "newsdex repair" in ran.err
    assert run("repair", "--archive", archive, "--json").json["generation"] == 2
    assert total(run, archive) == 5


def test_repair_goes_back_and_an_update_catches_up(run: Run, archive: Path, two: Path) -> None:
    (archive / "generations" / "2" / "inputs.jsonl").unlink()
    ran = run("repair", "--archive", archive, "--json")
    assert ran.json["generation"] == 1
    assert list(ran.json["damaged"]) == ["2"]
    assert total(run, archive) == 0
    assert total(run, archive, "harbour") == 5
    assert run("index", two / "pile", "--archive", archive).code == 0
    assert total(run, archive) == 5


def test_a_rebuild_mends_what_cannot_be_repaired(run: Run, archive: Path) -> None:
    for number in ("1", "2"):
        (archive / "generations" / number / "MANIFEST.json").write_bytes(b"{")
    assert run("repair", "--archive", archive).code == EXIT_DAMAGED
    listed = run("generations", "--archive", archive, "--json").json["generations"]
    assert [row["damaged"] for row in listed] == [True, True]
    assert b"damaged" in run("generations", "--archive", archive).out
    assert run("rebuild", "--archive", archive).code == 2, "where to read from is lost with the manifests"
    settings = f"sources: [{{path: {archive.parent / 'pile'}}}]\n"
    articles(archive.parent / "pile", 3, "airport")
    (archive / "newsdex.yml").write_text(settings, encoding="utf-8")
    assert run("rebuild", "--archive", archive).code == 0
    assert total(run, archive) == 3


def test_a_rebuild_of_a_damaged_archive_keeps_what_can_be_read(run: Run, archive: Path, two: Path) -> None:
    shutil.rmtree(archive / "generations" / "2" / "index")
    assert run("index", two / "pile", "--archive", archive).code == EXIT_DAMAGED
    assert run("rebuild", "--archive", archive).code == 0
    assert total(run, archive) == 5
    assert run("verify", "--archive", archive).code == 0


@pytest.mark.parametrize("name", ["saved.tar", "saved.tar.gz", "saved.tgz"])
def test_a_backup_restored_elsewhere_answers_the_same(run: Run, archive: Path, tmp_path: Path, name: str) -> None:
    settings = "web: {title: Press review}\n"
    (archive / "newsdex.yml").write_text(settings, encoding="utf-8")
    assert run("entities", "rename", "Rostock", "Rostock on Sea", "--archive", archive).code == 0
    assert run("backup", tmp_path / name, "--archive", archive).code == 0
    elsewhere = tmp_path / "elsewhere"
    assert run("restore", tmp_path / name, "--archive", elsewhere).code == 0
    assert (elsewhere / "newsdex.yml").read_text(encoding="utf-8") == settings
    asked = ("search", "harbour", "--limit", "99", "--json", "--archive")
    answers = [run(*asked, each).json for each in (archive, elsewhere)]
    for answer in answers:
        del answer["took_ms"]
    assert answers[0] == answers[1]
    assert "Rostock on Sea" in [value["label"] for value in answers[1]["facets"]["entity"]]
    assert run("verify", "--archive", elsewhere).code == 0
    assert run("index", "--archive", elsewhere).code == 0
    assert run("restore", tmp_path / name, "--archive", elsewhere, "--json").json["generation"] > 1


def test_a_backup_cut_short_restores_nothing(run: Run, archive: Path, tmp_path: Path) -> None:
    for name in ("saved.tar", "saved.tar.gz"):
        whole = tmp_path / name
        run("backup", whole, "--archive", archive)
        data = whole.read_bytes()
        for kept in (0, len(data) // 2, len(data) - 2000 if name == "saved.tar" else len(data) - 20):
            (tmp_path / f"cut-{kept}-{name}").write_bytes(data[:kept])
            ran = run("restore", tmp_path / f"cut-{kept}-{name}", "--archive", archive)
            if ran.code == 0:
                continue  # only padding was cut off
            assert ran.code in (2, EXIT_DAMAGED)
            assert "Traceback" not in ran.err
            assert total(run, archive) == 5


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = shutil.which("mount")
    line = [mount, "-t", "tmpfs", "-o", "size=2400k", "tmpfs", str(path)]
    made = mount and subprocess.run(line, capture_output=True, check=False)
    if not made or made.returncode:
        pytest.skip("a small file system needs the right to mount one")
    yield path
    subprocess.run(["umount", path], check=True)


def test_a_full_disk(full_disk: Path, tmp_path: Path) -> None:
    archive = full_disk / "archive"
    index(articles(tmp_path / "pile", 5, "harbour"), archive)
    many = articles(tmp_path / "many", 600, "airport")
    line = command_line("index", many, "--archive", archive)
    ran = subprocess.run(line, env=environment(), capture_output=True, timeout=120, check=False)
    assert ran.returncode == EXIT_FAILED
    assert b"newsdex: No space left on device; make room" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert check_live(archive, old=5, new=600) is False
    assert os.listdir(archive / "generations") == ["1"], "what did not fit is cleared at once"
    index(articles(tmp_path / "few", 3, "airport"), archive)
    assert check_live(archive, old=5, new=3)


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    """The same by a limit on the size of files, which needs no rights."""
    archive = tmp_path / "archive"
    index(articles(tmp_path / "pile", 5, "harbour"), archive)
    many = articles(tmp_path / "many", 200, "airport")
    for limit in (10_000, 60_000, 200_000):
        ran = subprocess.run(
            command_line("index", many, "--archive", archive), env=environment(), capture_output=True, timeout=120,
            check=False, preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )  # fmt: skip
        assert ran.returncode == EXIT_FAILED, ran.stderr
        assert b"File too large" in ran.stderr
        assert b"Traceback" not in ran.stderr
        assert check_live(archive, old=5, new=200) is False
    index(many, archive)
    assert check_live(archive, old=5, new=200)
