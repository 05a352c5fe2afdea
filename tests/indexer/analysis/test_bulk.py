"""The bulk path gives the same terms, positions and bounds as the reference, for every language pack."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.languages import codes
from indexer.analysis import Analyzer, BulkAnalyzer, bulk

LETTERS = {
    "de": "aäeßsnüÖ", "ru": "аеёийнПов", "be": "аўёіцз’'", "uk": "аїєґіпв’'", "en": "aeingsd's", "pl": "ałęóżcie",
    "es": "añóinces", "fr": "aéœçls'’", "it": "aàeioczn", "pt": "aãçõesr", "nl": "aeijgn'ts", "ar": "ابةأنلي\u064eىـ",
    "zh": "谈判判國国中，", "ja": "東京会談ー、ﾄﾞｶのア",
}  # fmt: skip
COMMON = [*" -'’.,+# \n\u00ad\u0301", "-\n", "12", "345", "'s", "A", "😀", "\ud800", "C++", "U.S.", "kann"]

texts = {
    code: st.lists(st.sampled_from(list(LETTERS.get(code, "abc")) + COMMON) | st.characters(), max_size=30).map("".join)
    for code in (*codes(), "xx")
}


def agrees(analyzer: BulkAnalyzer, titles: list[str], bodies: list[str], languages: list[Any]) -> None:
    fields = analyzer.columns(titles, bodies, languages)
    tongues = [(one,) if isinstance(one, str) else one for one in languages]
    every = {code for spoken in tongues for code in spoken}
    assert set(fields) == {f"{kind}_{name}" for kind in ("title", "body") for name in (*every, "folded", "layer")}
    for kind, column in (("title", titles), ("body", bodies)):
        for text, spoken, i in zip(column, tongues, range(len(column)), strict=True):
            found = {code: Analyzer(code).analyse(text) for code in spoken}
            for code in every:
                stems = found[code].stems if code in found else []
                assert list(fields[f"{kind}_{code}"].text(i)) == [term[:2] for term in stems], (code, text)
            first = found[spoken[0]]
            assert list(fields[f"{kind}_folded"].text(i)) == [term[:2] for term in first.folded], text
            assert list(fields[f"{kind}_layer"].text(i)) == [term[:2] for term in first.layer], text


@pytest.mark.parametrize("code", texts)
def test_bulk_is_the_reference(code: str) -> None:
    analyzer = BulkAnalyzer()

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(texts[code], texts[code]), min_size=1, max_size=4))
    def check(articles: list[tuple[str, str]]) -> None:
        agrees(analyzer, [a for a, _ in articles], [b for _, b in articles], [code] * len(articles))

    check()


def test_articles_in_several_languages_have_stems_in_each() -> None:
    titles = ["Die Gespräche in Minsk", "Переговоры, talks", "谈判2024年", "", "E-Mail"]
    bodies = ["Müller met Лавров", "", "Gespräche 谈判 运行", "Nur Häuser", "C++ und U.S."]
    agrees(BulkAnalyzer(), titles, bodies, ["de", ("ru", "en"), ("zh", "de"), "xx", ("en",)])


def test_blocks_and_a_new_start_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = [f"Titel {i} der Häuser" for i in range(40)]
    bodies = [f"Wort{i} E-Mail und Wörter {i * 1000}" for i in range(40)]
    monkeypatch.setattr(bulk, "BLOCK", 50)
    monkeypatch.setattr(bulk, "MOST_WORDS", 30)
    analyzer = BulkAnalyzer()
    for _ in range(3):
        agrees(analyzer, titles, bodies, ["de"] * 40)


def test_no_articles_have_no_terms() -> None:
    fields = BulkAnalyzer().columns([], [], [])
    assert {name: len(column) for name, column in fields.items()} == {
        "title_folded": 0, "title_layer": 0, "body_folded": 0, "body_layer": 0,
    }  # fmt: skip
