"""A bad pack is told with file, line and column; a good one of a user's own is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from corpus.languages import add_pack, add_packs, codes, has_pack, load_pack, pack, pack_or_fallback, remove_pack

SMALL = """\
iso: eo
name: Esperanto
locale: eo
stop_words: la kaj no
dates:
  months: {1: januaro, 2: februaro, 3: marto, 4: aprilo, 5: majo, 6: junio, 7: julio, 8: aŭgusto, 9: septembro,
    10: oktobro, 11: novembro, 12: decembro}
sections:
  medtop:11000000: Politiko, Registaro
  none: [Mondo, "Pri ni, kaj vi"]
folding: {ĝ: gx}
romanisation: {ĝ: "j, dj", ŭ: "-"}
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "eo.yaml"
    path.write_text(SMALL, encoding="utf-8")
    yield path
    remove_pack("eo")


def test_small_pack(small: Path) -> None:
    one = load_pack(small)
    assert one.name == "Esperanto"
    assert one.stop_words == {"la", "kaj", "no"}
    assert one.dates.months[0] == ("januaro",)
    assert one.sections.topics == {
        "politiko": "medtop:11000000",
        "registaro": "medtop:11000000",
        "mondo": None,
        "pri ni, kaj vi": None,
    }
    assert one.romanisation == {"ĝ": ("j", "dj"), "ŭ": ("",)}
    assert one.stemmer is None


BAD = [
    ("", 1, 1, "empty"),
    ("iso: EO\nname: x\n", 1, 6, "'EO' is not an ISO 639 code"),
    ("name: x\n", 1, 1, "'iso' is missing"),
    ("iso: eo\nname: x\nnonsense: 1\n", 3, 1, "unknown key 'nonsense'"),
    ("iso: eo\nname: x\nscript: Klingon\n", 3, 9, "'Klingon' is not one of"),
    ("iso: eo\nname: x\ncjk: maybe\n", 3, 6, "'maybe' is not one of"),
    ("iso: eo\nname: x\niso: fr\n", 3, 1, "'iso' is given twice"),
    ("iso: eo\nname: x\ndates:\n  months: {1: a, 2: b}\n", 4, 11, "row 3 of 12 is missing"),
    ("iso: eo\nname: x\ndates:\n  months:\n    13: a\n", 5, 5, "'13' is not a number from 1 to 12"),
    ("iso: eo\nname: x\ndates:\n  units: {fortnight: x}\n", 4, 11, "'fortnight' is not one of"),
    ("iso: eo\nname: x\ndates:\n  ago: antaŭ {n}\n", 4, 8, "must hold both"),
    ("iso: eo\nname: x\ndates:\n  order: ydm\n", 4, 10, "'ydm' is not one of"),
    ("iso: eo\nname: x\nlayout:\n  chrome: a\n", 4, 3, "unknown key 'chrome'"),
    ("iso: eo\nname: x\nsections:\n  politics: a\n", 4, 3, "neither a Media Topic"),
    ("iso: eo\nname: x\nsections:\n  medtop:11000000: a\n  none: A\n", 5, 9, "already has the topic"),
    ("iso: eo\nname: x\nsections: words\n", 3, 11, "expected a mapping"),
    ("iso: eo\nname: [x]\n", 2, 7, "expected one value"),
    ("iso: eo\nname: 'x\n", 3, 1, "not valid YAML"),
    ("iso: eo\nname: x\nromanisation: {a: ''}\n", 3, 16, "no reading"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), BAD, ids=[row[3] for row in BAD])
def test_bad_pack_names_file_line_and_column(tmp_path: Path, text: str, line: int, column: int, message: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_pack(path)
    assert str(caught.value).startswith(f"{path}:{line}:{column}: ")
    assert message in str(caught.value)


def test_missing_and_misencoded_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read"):
        load_pack(tmp_path / "absent.yaml")
    path = tmp_path / "latin.yaml"
    path.write_bytes("iso: eo\nname: é\n".encode("latin-1"))
    with pytest.raises(ConfigurationError, match="save the pack as UTF-8"):
        load_pack(path)
    path.write_bytes(b"iso: eo\nname: \x00\n")
    with pytest.raises(ConfigurationError, match="not valid YAML"):
        load_pack(path)


def test_added_pack_is_used(small: Path) -> None:
    assert not has_pack("eo")
    add_pack(small)
    assert has_pack("eo-EO")
    assert pack("eo").name == "Esperanto"
    assert codes()[-1] == "eo"
    with pytest.raises(ConfigurationError, match="already has a pack"):
        add_pack(small)
    assert add_packs(small.parent)[0].iso == "eo"


def test_users_pack_replaces_a_built_in_one(tmp_path: Path) -> None:
    path = tmp_path / "de.yaml"
    path.write_text("iso: de\nname: Mein Deutsch\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="already has a pack"):
        add_pack(path)
    try:
        add_packs(tmp_path)
        assert pack("de").name == "Mein Deutsch"
        assert codes().count("de") == 1
    finally:
        remove_pack("de")
    assert pack("de").name == "Deutsch"


@pytest.mark.parametrize("code", ["de", "DE", "de-AT", "de_CH", " de "])
def test_tags_name_their_language(code: str) -> None:
    assert pack(code).iso == "de"
    assert pack_or_fallback(code).iso == "de"


def test_unknown_language() -> None:
    with pytest.raises(ConfigurationError, match="no language pack for 'sv'"):
        pack("sv")
    neutral = pack_or_fallback("sv")
    assert neutral.iso == "sv"
    assert neutral.stemmer is None
    assert not neutral.stop_words
    assert pack_or_fallback(None).iso == "und"
    assert pack_or_fallback("").iso == "und"
