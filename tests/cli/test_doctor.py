"""newsdex doctor on the libraries: one Whoosh, by either name."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.commands import doctor


@pytest.mark.parametrize(
    ("installed", "amiss"),
    [
        ({"Whoosh"}, []),
        ({"whoosh3"}, []),
        (set(), ["Whoosh is missing: pip install newsdex again"]),
        ({"Whoosh-Reloaded"}, ["Whoosh is missing: pip install newsdex again"]),
        ({"Whoosh", "whoosh3"}, ["Whoosh and whoosh3 install the same package; uninstall all but one"]),
        (
            {"whoosh3", "Whoosh-Reloaded"},
            ["whoosh3 and Whoosh-Reloaded install the same package; uninstall all but one"],
        ),
    ],
    ids=lambda given: "+".join(sorted(given)) if isinstance(given, set) else "",
)
def test_one_whoosh_by_either_name(
    installed: set[str], amiss: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = doctor._version

    def version(name: str) -> str | None:
        return ("3.0" if name in installed else None) if "whoosh" in name.lower() else real(name)

    monkeypatch.setattr(doctor, "_version", version)
    findings = list(doctor._libraries(Archive(tmp_path)))
    assert [text for ok, text in findings if not ok] == amiss
    assert sum(ok and "hoosh" in text for ok, text in findings) == len(installed & {"Whoosh", "whoosh3"})


def test_an_owners_packs_are_read_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "sv.yaml").write_text("iso: sv\nname: Svenska\n", encoding="utf-8")
    (tmp_path / "fi.yaml").write_text("iso: fi\nname: Suomi\nmonths: none\n", encoding="utf-8")
    (bad, told), (good, said) = doctor._packs(str(tmp_path))
    assert not bad
    assert "fi.yaml:3:1" in told
    assert good
    assert "sv.yaml (Svenska)" in said
    assert list(doctor._packs(None)) == []
