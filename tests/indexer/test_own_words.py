"""What an owner adds in newsdex.yml: language packs of their own, and other names of houses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from corpus.languages import has_pack, pack, use_directory
from indexer.cli import main
from indexer.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "add-a-language.md"
STORY = (
    "Hamnen i Karlskrona får en ny kran i vår, sade hamnchefen på onsdagen. Den gamla kranen har stått där sedan 1961 "
    "och ska nu flyttas till museet. Barnen i skolan har fått rösta om namnet på den nya."
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Path]:
    """A directory with the pack of docs/howto/add-a-language.md among the archive's own."""
    pack_text = re.findall(r"```yaml\n(iso: sv.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    top = tmp_path / "archive"
    (top / "languages").mkdir(parents=True)
    (top / "languages" / "sv.yaml").write_text(pack_text, encoding="utf-8")
    yield top
    use_directory(None)


def newsdex(*arguments: str, archive: Path) -> dict[str, object]:
    """The command in a process of its own, so that no pack of this one helps it."""
    done = subprocess.run(
        [sys.executable, "-c", "from indexer.cli import run; run()", *arguments, "--archive", str(archive), "--json"],
        capture_output=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, object] = json.loads(done.stdout)
    return found


def pile(top: Path, *sources: str) -> Path:
    top.mkdir()
    for number, source in enumerate(sources):
        record = {"title": f"Ny kran i hamnen {number}", "body": STORY, "source": source, "published": "2024-03-06"}
        (top / f"{number}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    return top


@pytest.mark.parametrize("workers", ["1", "2"])
def test_own_packs_are_used_in_every_process(archive: Path, tmp_path: Path, workers: str) -> None:
    newsdex("index", str(pile(tmp_path / "pile", "a", "b", "c")), "--workers", workers, archive=archive)
    found = newsdex("search", "kranar", archive=archive)  # the plural: found by the pack's stemmer alone
    assert found["total"] == 3
    assert {hit["language"] for hit in found["hits"]} == {"sv"}  # type: ignore[attr-defined]


def test_packs_of_one_directory_at_a_time(archive: Path) -> None:
    assert not has_pack("sv")
    use_directory(archive / "languages")
    assert pack("sv").name == "Svenska"
    use_directory(archive / "languages")
    assert has_pack("sv")
    use_directory(None)
    assert not has_pack("sv")


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "newsdex.yml").write_text("languages_dir: packs")
    with pytest.raises(ConfigurationError, match=r"languages_dir: .*packs is no directory"):
        load_settings(tmp_path)
    (tmp_path / "packs").mkdir()
    assert load_settings(tmp_path).languages_dir == str(tmp_path / "packs")


def test_houses_are_kept_under_one_name(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    def told(*arguments: str) -> dict[str, object]:
        assert main([*arguments, "--archive", str(top), "--json"]) == 0
        found: dict[str, object] = json.loads(capsysbinary.readouterr().out)
        return found

    top = tmp_path / "archive"
    top.mkdir()
    (top / "newsdex.yml").write_text("source_aliases: {МЕРА: MERA, 梅拉社: MERA}", encoding="utf-8")
    told("index", str(pile(tmp_path / "pile", "мера", "梅拉社", "MERA", "Kranbladet")))
    found = told("search", "", "--source", "МЕРА")
    assert found["total"] == 3
    assert {hit["source"] for hit in found["hits"]} == {"MERA"}  # type: ignore[attr-defined]
    told("rebuild")
    assert told("search", "", "--source", "MERA")["total"] == 3


@pytest.mark.parametrize(
    ("name", "kept"), [("МЕРА", "MERA"), (" мера ", "MERA"), ("MERA", "MERA"), ("Other", "Other"), (None, None)]
)
def test_house(name: str | None, kept: str | None) -> None:
    assert Settings(source_aliases={"МЕРА": "MERA"}).house(name) == kept
