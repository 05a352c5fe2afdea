"""Words of Chinese and Japanese by a segmenter: the two paths agree; phrases and characters are found as without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import ConfigurationError, RebuildNeededError
from indexer.analysis import Analyzer, BulkAnalyzer, analyser_version, segmenting, use_segmenters
from indexer.archive import Archive
from indexer.pipeline import update
from indexer.request import SearchRequest
from indexer.search import ArchiveSearch
from indexer.settings import load_settings

TEXTS = {
    "zh": "两国外长在明斯克举行谈判。總理２０２４年訪問了北京，iPhone与Ａ股上涨。京都大学很美！",
    "ja": "東京都内で記者会見を開いた。ｺﾝﾋﾟｭｰﾀ産業への支援、サーバーの値段が上がる。2024年度",
}
CHOSEN = {"zh": "jieba", "ja": "janome"}


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    use_segmenters({})


@pytest.fixture
def chosen() -> dict[str, str]:
    for name in CHOSEN.values():
        pytest.importorskip(name, reason=f"{name} is not installed (extras `chinese` and `japanese`)")
    use_segmenters(CHOSEN)
    return CHOSEN


@pytest.mark.parametrize("language", TEXTS)
def test_many_texts_are_cut_as_each(chosen: dict[str, str], language: str) -> None:
    texts = [TEXTS[language], "", TEXTS[language][5:], "ABC"]
    columns = BulkAnalyzer().columns(texts, texts[::-1], [language] * len(texts))
    for i, text in enumerate(texts):
        expected = [(term.text, term.position) for term in Analyzer(language).analyse(text).stems]
        assert list(columns[f"title_{language}"].text(i)) == expected
        assert list(columns[f"body_{language}"].text(len(texts) - 1 - i)) == expected


def test_words_are_terms_with_their_places(chosen: dict[str, str]) -> None:
    text = "在明斯克举行谈判"
    terms = Analyzer("zh").analyse(text).stems
    assert [term.text for term in terms] == ["在", "明斯克", "举行", "谈判"]
    assert [text[term.start : term.end] for term in terms] == ["在", "明斯克", "举行", "谈判"]
    assert [term.position for term in terms] == [0, 1, 4, 6]


def write(archive: Path, segmenters: dict[str, str]) -> None:
    archive.mkdir(exist_ok=True)
    (archive / "newsdex.yml").write_text(json.dumps({"index": {"segmenters": segmenters}}), encoding="utf-8")


SEARCHES = [
    ("谈判", False, {"zh"}), ("談判", False, {"zh"}), ("明", False, {"zh"}), ('"斯克举"', False, {"zh"}),
    ('"克举行谈"', False, {"zh"}),
    ('"举行明斯克"', False, set()), ("京都", False, {"zh", "ja"}), ("東京", False, {"ja"}), ("記者会見", False, {"ja"}),
    ("コンピュータ", False, {"ja"}), ("明斯克谈判", False, {"zh"}), ("谁在明斯克谈判", True, {"zh"}),
    ("2024年", False, {"zh", "ja"}),
]  # fmt: skip


def test_an_archive_remembers_what_it_was_made_with(chosen: dict[str, str], tmp_path: Path) -> None:
    pile = tmp_path / "pile.jsonl"
    articles = [{"id": code, "title": text[:9], "body": text, "language": code} for code, text in TEXTS.items()]
    pile.write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")
    archive = Archive(tmp_path / "archive")
    write(archive.path, CHOSEN)
    update(archive, [pile], load_settings(archive.path))
    search = ArchiveSearch(archive)
    for query, any_word, expected in SEARCHES:
        found = search.search(SearchRequest(q=query, any=any_word))
        assert {hit.id for hit in found.hits} == expected, query
        assert all(hit.snippet.spans for hit in found.hits), query
    forms = search.search(SearchRequest(q="谈判")).query["words"][0]["forms"]
    assert {"word:zh:谈判", "exact:谈 判"} <= {form["key"] for form in forms}
    assert analyser_version().endswith(segmenting.segmenters())
    write(archive.path, {})
    with pytest.raises(RebuildNeededError, match=r"made with ja:janome.*zh:jieba.*pairs of characters"):
        ArchiveSearch(archive).search(SearchRequest(q="谈判"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"zh": "janome"}, "janome is not known"),
        ({"zh": "ictclas"}, "there is zh: jieba"),
        ({"de": "jieba"}, "not known"),
    ],
)
def test_what_is_no_segmenter_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        use_segmenters(given)


def test_one_that_is_not_installed_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmenting, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"jieba is not installed: `pip install 'newsdex\[chinese\]'`"):
        use_segmenters({"zh": "jieba"})
