"""Values kept beside an archive: the same as those parsed, and never those of another file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import corpus.languages
from corpus import kept
from corpus.languages import BUILT_IN, load_pack
from corpus.languages.plain import as_plain, from_plain

PACKS = Path(corpus.languages.__file__).parent


@pytest.fixture(autouse=True)
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept from other tests, and nothing for them."""
    monkeypatch.setattr(kept, "_kept", {})


def never() -> object:
    raise AssertionError("the file was parsed")


@pytest.mark.parametrize("code", BUILT_IN)
def test_a_pack_comes_back_as_it_was(code: str) -> None:
    pack = load_pack(PACKS / f"{code}.yaml")
    assert from_plain(json.loads(json.dumps(as_plain(pack)))) == pack


def test_what_was_saved_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("ü: 1")
    assert kept.value(source, lambda: {"ü": ["1", None]}) == {"ü": ["1", None]}
    kept.save(tmp_path / "kept")
    monkeypatch.setattr(kept, "_kept", {})
    kept.load(tmp_path / "kept")
    assert kept.value(source, never) == {"ü": ["1", None]}


@pytest.mark.parametrize("change", ["source", "code", "line", "cut", "missing"])
def test_it_is_parsed_anew_when_anything_is_not_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    source, code, saved = (tmp_path / name for name in ("a.yaml", "a.py", "kept"))
    source.write_text("1")
    code.write_text("1")
    kept.value(source, lambda: ["old"], code=[code])
    kept.save(saved)
    monkeypatch.setattr(kept, "_kept", {})
    whole = saved.read_bytes()
    if change in ("source", "code"):
        {"source": source, "code": code}[change].write_text("2")
    elif change == "line":
        saved.write_bytes(whole.replace(b"old", b"odd"))
    elif change == "cut":
        saved.write_bytes(whole[:-6])
    else:
        saved.unlink()
    kept.load(saved)
    assert kept.value(source, lambda: ["new"], code=[code]) == ["new"]
