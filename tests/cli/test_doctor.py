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
