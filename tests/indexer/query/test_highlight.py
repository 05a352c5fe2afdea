"""The quick way to find single terms in a text equals the whole analysis."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.analyzer import Analyzer
from indexer.query.highlight import _only

PIECES = st.sampled_from(
    ["Gespräche", "gesprochen", "E-Mail", "C++", "C#", "U.S.", "1.234,5", "Müller's", "переговорах", "ёлка", "谈判",
     "rock'n'roll", "AT&T", "л'л", " ", " ", ". ", "-", "\n", "’", "+", "Ministerin", "the", "a"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(), max_size=30).map("".join)


@pytest.mark.parametrize("language", ["en", "de", "ru", "be", "und"])
@settings(max_examples=150, deadline=None)
@given(text=TEXTS, every=st.integers(1, 3))
def test_single_terms_are_where_the_analysis_has_them(language: str, text: str, every: int) -> None:
    analyzer = Analyzer(language)
    analysis = analyzer.analyse(text)
    fields = {f"body_{language}": analysis.stems, "body_folded": analysis.folded, "body_layer": analysis.layer}
    wanted = {name: {term.text for term in terms[::every]} for name, terms in fields.items()}
    found = _only(text, analyzer, "body", wanted, first=True)
    for name, terms in fields.items():
        expected = sorted((t.text, t.start, t.end) for t in terms if t.text in wanted[name])
        assert sorted((t.text, t.start, t.end) for each in found[name].values() for t in each) == expected
    later = _only(text, analyzer, "body", wanted, first=False)
    assert not later["body_folded"]
    assert not later["body_layer"]
