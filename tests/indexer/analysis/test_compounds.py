"""Compounds: a list of words marked by hand, split by a vocabulary of their parts, of names and of misleading words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.analysis import Analyzer, BulkAnalyzer
from indexer.analysis.compounds import ArchiveCompounds
from indexer.analysis.folding import fold
from indexer.analysis.stemming import stem_words

MARKED = Path(__file__).with_name("compounds.txt")
MISLEADING = {
    "de": "Land Ring Rand Berg Burg Stein Bach Feld Heim Dorf Reich Hand Ende Art Schaft Stand Rat Not Mut Ort Wort "
    "Form Ton Eis Ford Mann Frank Ham Dienst Donner Sonne Freund Bote Eigen Nachbar Ruck Kunde Fassung Stimmung "
    "Wendung Führung Bildung Richtung Stellung Lösung Gehung Handel Forder Bedarf Träger Tag Journal Person "
    "Bank Banken",
    "nl": "land ring rand berg burg steen beek veld dorp hand einde aard stand raad mens vriend boot man recht dam "
    "wending stelling voering handel deling gaaf zaak schap dag hei bos",
}


def marked() -> dict[str, list[tuple[str, list[str]]]]:
    """Language → words with the parts that must be found."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    words: list[tuple[str, list[str]]] = []
    for line in MARKED.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            words = found.setdefault(line[1:], [])
        elif not line.startswith("#"):
            for mark in line.split():
                pieces = re.split(r"\+", mark.partition("~")[2] if "~" in mark else mark)
                parts = [re.sub(r"\(.*\)", "", piece) for piece in pieces]
                joined = re.sub(r"[+~()]", "", mark)
                words.append((joined[0] + joined[1:].lower(), parts if "+" in mark or "~" in mark else []))
    return found


@pytest.fixture(scope="module")
def compounds() -> ArchiveCompounds:
    """The splitter of an archive in which parts and whole words are about as frequent as in any."""
    words: dict[str, dict[str, int]] = {}
    for language, list_ in marked().items():
        counts = words[language] = {fold(word): 5 for word in MISLEADING[language].split()}
        for word, parts in list_:
            counts.setdefault(fold(word), 3)
            counts.update({fold(part): 20 for part in parts})
    return ArchiveCompounds(words)


def test_parts_are_found_with_high_precision(compounds: ArchiveCompounds) -> None:
    lists = marked()
    assert sum(map(len, lists.values())) >= 500
    right = given = wanted = 0
    wrong = []
    for language, words in lists.items():
        for word, parts in words:
            expected = set(stem_words(parts, language))
            found = set(stem_words(compounds.parts(word, language), language))
            inner = {stem for part in parts for stem in stem_words(compounds.parts(part, language), language)}
            right += len(found & (expected | inner))
            given += len(found)
            wanted += len(expected)
            if found - expected - inner:
                wrong.append((word, sorted(found), sorted(expected)))
    print(f"precision {right / given:.3f}, recall {right / wanted:.3f}, wrong: {wrong}")
    assert right / given >= 0.95, wrong
    assert right / wanted >= 0.9


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Außenministers", ["ministers"]), ("Sicherheitsarchitekturen", ["sicherheit", "architekturen"]),
        ("Bundesfinanzminister", ["finanzminister", "finanz", "minister"]), ("Minister", []), ("xyz", []),
    ],
)  # fmt: skip
def test_inflected_and_nested_compounds(compounds: ArchiveCompounds, word: str, parts: list[str]) -> None:
    assert compounds.parts(word, "de") == parts


def test_parts_are_layer_terms_alike_on_both_paths(compounds: ArchiveCompounds) -> None:
    text = "Die Außenminister und der Friedenspreis, Sicherheitsarchitektur."
    layer = Analyzer("de", compounds).analyse(text).layer
    assert {"de:minist", "de:architektur", "de:preis"} <= {term.text for term in layer}
    fields = BulkAnalyzer(compounds).columns([""], [text], ["de"])
    assert list(fields["body_layer"].text(0)) == [term[:2] for term in layer]
    minister = next(term for term in layer if term.text == "de:minist")
    assert text[minister.start : minister.end] == "Außenminister"


def test_the_words_are_learned_kept_and_read_again(tmp_path: Path) -> None:
    texts = [("Heute kam der Minister. Die Politik schweigt, sagt der Minister.", "de")] * 3 + [("Minister", "en")]
    learned = ArchiveCompounds.learn(texts)
    assert learned.parts("Premierminister", "de") == ["minister"]
    assert learned.parts("Energieheute", "de") == []
    learned.save(tmp_path / "compounds.json")
    assert ArchiveCompounds.load(tmp_path / "compounds.json").parts("Premierminister", "de") == ["minister"]
