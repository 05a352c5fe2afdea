"""newsdex.yml: defaults, values, and every fault at once with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from indexer.settings import Settings, load_settings


def write(directory: Path, text: str) -> Path:
    (directory / "newsdex.yml").write_text(text, encoding="utf-8")
    return directory


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    assert load_settings(write(tmp_path, text)) == Settings()


def test_values_are_read(tmp_path: Path) -> None:
    settings = load_settings(
        write(
            tmp_path,
            "sources:\n  - path: clippings\n    name: Hafenkurier\n    sections: {Kiez: medtop:20000002, Quiz: null}\n"
            "languages: [de, pl]\n"
            "scoring: {k1: 0.9, title: 3}\n"
            "web: {title: Presseschau, librarians: yes, embed: {hosts: [https://intranet.example]},\n"
            "      logo: {file: a.svg}}\n",
        )
    )
    assert settings.sources[0].name == "Hafenkurier"
    assert settings.sources[0].sections == {"Kiez": "medtop:20000002", "Quiz": None}
    assert settings.languages == ("de", "pl")
    assert (settings.web.logo.file, settings.web.logo.dark) == (str(tmp_path / "a.svg"), "")
    assert (settings.scoring.k1, settings.scoring.title, settings.scoring.b) == (0.9, 3.0, 0.75)
    assert settings.web.librarians is True
    assert settings.web.embed.hosts == ("https://intranet.example",)


def test_one_value_may_stand_for_a_list(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, "languages: de")).languages == ("de",)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("web:\n  titel: x\n", ["2:3: unknown key 'titel'; did you mean 'title'?"]),
        ("scoring: {k1: much, b: 3}", ["1:15: expected a number", "1:24: 3.0 is above 1.0"]),
        ("sources:\n  - name: x\n", ["2:5: 'path' is missing"]),
        ("index: {workers: 2, workers: 3}", ["1:21: 'workers' is given twice"]),
        ("index: {engine: lucene}", ["1:17: 'lucene' is not one of whoosh, stock"]),
        ("index: [1]", ["1:8: expected a mapping (key: value)"]),
        ("web: {librarians: perhaps}", ["1:19: expected true or false"]),
        ("web: {title: [a", ["not valid YAML"]),
        ("- a", ["1:1: expected a mapping (key: value)"]),
    ],
)
def test_every_fault_is_told_with_its_place(tmp_path: Path, text: str, faults: list[str]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(write(tmp_path, text))
    lines = str(caught.value).splitlines()
    assert len(lines) == len(faults)
    for line, fault in zip(lines, faults, strict=True):
        assert line.startswith(str(tmp_path / "newsdex.yml"))
        assert fault in line


def test_a_file_that_is_not_utf8_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "newsdex.yml").write_bytes("web: {title: Müller}".encode("latin-1"))
    with pytest.raises(ConfigurationError, match="not UTF-8 at byte 14"):
        load_settings(tmp_path)
