"""Folding: a table of spellings that must meet, and the quick way equal to the long one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import folding
from indexer.analysis.folding import fold, plain

MEETING = [
    ("Straße", "STRASSE", "strasse"), ("Müller", "MULLER", "Mu\u0308ller"), ("ёлка", "ЕЛКА", "е\u0308лка"),
    ("ваўка", "ваука"), ("сям’я", "СЯМ'Я", "сямʼя", "сямя"), ("ґанок", "Ганок"),
    ("café", "CAFE", "cafe\u0301"),
    ("Łódź", "lodz"), ("Ørsted", "orsted"), ("İstanbul", "istanbul", "ıstanbul"), ("ﬁnal", "final", "ＦＩＮＡＬ"),
    ("Soft\u00adware", "software"), ("Sicher-\nheit", "Sicherheit"), ("Putin's", "Putin’s", "PUTIN"),
    ("مدرسة", "مدرسه"), ("إلى", "الي"), ("كِتَاب", "كتاب", "كتـاب"), ("٢٠٢٤", "２０２４", "2024"), ("談判", "谈判"),
    ("ﾄﾞ", "ド"), ("ﾊﾟ", "パ"), ("за\u0301мок", "замок"), ("ΟΔΟΣ", "οδος", "οδός"), ("ﷺ", "ﷺ"), ("Œuvre", "oeuvre"),
]  # fmt: skip
APART = [("мой", "мои"), ("її", "іі"), ("がき", "かき"), ("schon", "schön1"), ("pole", "pola"), ("2", "3")]


@pytest.mark.parametrize("spellings", MEETING)
def test_spellings_meet(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1, [fold(spelling) for spelling in spellings]


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(max_examples=2000, deadline=None)
@given(st.text(st.sampled_from("aZßÄйЙїёў'’\u0301\u0308\u00ad가가ﾞｶΣςİ談ـ\n-s1٢") | st.characters(), max_size=70))
def test_the_quick_way_is_the_long_way(word: str) -> None:
    cut = word[: folding.MAX_WORD]
    assert plain(word) == folding._plain(cut)
    assert fold(word) == folding._fold(folding._plain(cut))


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(categories=["L", "N"]), max_size=20))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)
