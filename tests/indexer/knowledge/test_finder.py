"""Mentions: golden texts in many languages, and what holds of every text."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, Dateline, Provenance
from indexer.knowledge.finder import MentionFinder

CASES = yaml.safe_load((Path(__file__).parent / "mentions.yaml").read_text(encoding="utf-8"))
FINDER = MentionFinder(threshold=0.6)


def article(language: str, body: str, title: str = "", **fields: object) -> Article:
    return Article("a", title, body, language, Provenance("file", "test"), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['language']}-{i}" for i, case in enumerate(CASES)])
def test_golden(case: dict[str, object]) -> None:
    found = FINDER.find(article(str(case["language"]), str(case["text"])))
    assert [[m.text, m.lemma, m.type, m.entity] for m in found] == case["mentions"]


def test_a_title_is_read_with_the_body() -> None:
    found = FINDER.find(article("de", "Sergej Lawrow kam nach Minsk.", "Lawrow in Minsk"))
    assert [(m.field, m.text, m.lemma) for m in found][:2] == [
        ("title", "Lawrow", "Sergej Lawrow"),
        ("title", "Minsk", "Minsk"),
    ]


def test_a_dateline_is_a_place() -> None:
    found = FINDER.find(article("de", "Nichts.", dateline=Dateline("MINSK", "BelTA")))
    assert [(m.field, m.text, m.entity) for m in found] == [("dateline", "MINSK", "place:minsk-by")]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["de", "ru", "pl", "zh", "ja", "ar", "xx"]), st.text(max_size=40))
def test_offsets_hold_and_mentions_never_overlap(body: str, language: str, title: str) -> None:
    for m in (found := MentionFinder().find(article(language, body, title))):
        assert {"title": title, "body": body}[m.field][m.start : m.end] == m.text
        assert 0 <= m.confidence <= 1
    for a, b in itertools.pairwise(found):
        assert a.field != b.field or a.end <= b.start


LONG = "The bridge over the river was closed for repairs in the morning, and the traffic was slow. " * 12


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"The bill was signed by John. {LONG}", []),
        (f"{LONG} Queen Elizabeth came.", ["Elizabeth"]),
        (f"John Whitcombe spoke. {LONG} It was signed by John.", ["John Whitcombe", "John Whitcombe"]),
        (f"{LONG}\nReuter", []),
        (f"{LONG} Tonnes 1.73 1.48 Reuter", []),
        (f"{LONG} It was wrong according to Whitcombe", ["Whitcombe"]),
        (f"The TRIAL was long, a trial indeed. {LONG}", []),
    ],
)
def test_a_long_article_explains_whom_it_names(body: str, expected: list[str]) -> None:
    assert [m.lemma for m in FINDER.find(article("en", body))] == expected
