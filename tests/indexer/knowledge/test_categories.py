"""Categories: the tree, its labels, and the way from a section to a topic."""

from __future__ import annotations

import pytest

from corpus.article import Article, Provenance
from corpus.errors import ConfigurationError
from corpus.languages import BUILT_IN
from indexer.knowledge.base import Category
from indexer.knowledge.categories import Categories

POLITICS = "medtop:11000000"


def article(language: str = "de", **fields: object) -> Article:
    return Article("a", "", "Text", language, Provenance("file", "test"), **fields)  # type: ignore[arg-type]


def test_the_tree_has_seventeen_tops_and_labels_in_all_languages() -> None:
    categories = Categories()
    tops = categories.children()
    assert len(tops) == 17
    for code in categories:
        assert categories.ancestors(code)[-1] in tops
        labels = {language: categories.label(code, language) for language in BUILT_IN}
        assert all(labels.values())
        assert labels["en"] not in (labels["ru"], labels["zh"], labels["ja"], labels["ar"]), code
    assert categories.translated_here(POLITICS, "ru")
    assert not categories.translated_here(POLITICS, "de")


def test_codes_of_lower_levels_have_their_ancestors() -> None:
    categories = Categories()
    assert categories.ancestors("medtop:20000575")[-1] == POLITICS
    assert categories.ancestors(POLITICS) == (POLITICS,)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"section": "Politik"}, Category(POLITICS, "rule", 0.95)),
        ({"section": "Политика", "language": "de"}, Category(POLITICS, "rule", 0.8)),
        ({"category": POLITICS, "section": "Sport"}, Category(POLITICS, "declared", 1.0)),
        ({"section": "Klatsch", "source": "Blatt"}, Category("medtop:08000000", "rule", 1.0)),
        ({"section": "Unbekannt"}, None),
        ({"section": "Sport > Wasserball"}, Category("medtop:15000000", "rule", 0.7)),
        ({"section": "Наука и жизнь", "language": "ru"}, Category("medtop:13000000", "rule", 0.7)),
        ({"section": "Dies & Das"}, None),
        ({}, None),
    ],
)
def test_of(fields: dict[str, str], expected: Category | None) -> None:
    assert Categories({"Blatt": {"Klatsch": "medtop:08000000"}}).of(article(**fields)) == expected


def test_unmapped_sections_are_told_but_not_those_known_to_be_none() -> None:
    categories = Categories({"*": {"Allerlei": None}})
    assert categories.unmapped(article(section="Quatsch")) == "Quatsch"
    assert categories.unmapped(article(section="Allerlei")) is None
    assert categories.unmapped(article(section="Politik")) is None
    assert categories.unmapped(article()) is None


def test_find_takes_labels_codes_and_sections() -> None:
    categories = Categories()
    for name in ("politics", "Politik", "政治", "11000000", POLITICS, "политика"):
        assert categories.find(name) == POLITICS, name
    assert categories.find("nonsense") is None


def test_a_wrong_code_in_the_house_table_is_told() -> None:
    with pytest.raises(ConfigurationError, match="medtop:1"):
        Categories({"Blatt": {"X": "medtop:1"}})
