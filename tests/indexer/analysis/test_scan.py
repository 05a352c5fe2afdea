"""The bulk word breaks equal those of the reference, text by text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.characters import is_plain, plain_expression, word_expression
from indexer.analysis.scan import scan
from indexer.analysis.words import Chain, chains, positions, signs, split

TELLING = st.sampled_from(
    [
        *"aZsSüßİſΣςйЙёў'’ʼ-‐.,&+# \n\r\t\u00a0\u202f\u00ad\u200d\u0301\u0308\u3099ﾞｶ谈判日本ー、。กำไร",
        *("\ud800", "\udfff", "😀", "𠮷", "שלום"),
        *("سلام", "٢٠", "１２", "12", "345", "-\n", "-\r\n", "'s", "л'л", "_", "½"),
    ]
)
TEXTS = st.lists(st.lists(TELLING | st.characters(), max_size=25).map("".join), min_size=1, max_size=5)


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_bulk_word_breaks_are_those_of_the_reference(texts: list[str]) -> None:
    found = scan(texts)
    for i, text in enumerate(texts):
        words = split(text)
        mine = (found.owner == i).nonzero()[0]
        offset = int(found.begins[i])
        spans = [(int(found.starts[j]) - offset, int(found.ends[j]) - offset, bool(found.single[j])) for j in mine]
        assert spans == words
        assert found.position[mine].tolist() == positions(words)
        first = int(mine[0]) if mine.size else 0
        inside = [j for j in range(found.first.size) if found.owner[found.first[j]] == i]
        linked = [Chain(int(found.first[j]) - first, int(found.last[j]) - first) for j in inside]
        assert linked == list(chains(text, words))
        signed = [(j - first, sign) for j, sign in found.signed if found.owner[j] == i]
        assert signed == [(j, sign) for j, word in enumerate(words) if (sign := signs(text, word))]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_words_do_not_overlap_and_a_second_run_agrees(text: str) -> None:
    words = split(text)
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert all(word.start < word.end for word in words)
    places = positions(words)
    assert places == sorted(set(places))
    assert split(text) == words


@settings(max_examples=1500, deadline=None)
@given(st.lists(TELLING | st.characters(max_codepoint=0x2FFF), max_size=40).map("".join))
def test_the_quick_expression_for_plain_texts_finds_the_same_words(text: str) -> None:
    if is_plain(text):
        plain = [match.span() for match in plain_expression().finditer(text)]
        assert plain == [match.span() for match in word_expression().finditer(text)]


def test_what_is_plain_has_no_singles_and_only_marks_that_are_known_there() -> None:
    for code in range(0x33000):
        if is_plain(chr(code)):
            match = word_expression().fullmatch(chr(code))
            assert match is None or match.lastgroup is None
            assert bool(plain_expression().fullmatch(chr(code))) == bool(match)
            behind = "a" + chr(code)
            assert bool(plain_expression().fullmatch(behind)) == bool(word_expression().fullmatch(behind))


EAST = (range(0x3041, 0x3097), range(0x30A1, 0x30FB), (0x20, 0xB7, 0x30FB, 0x30FC), range(0x4E00, 0x9FF0))


def by_expression(text: str) -> list[tuple[int, int, bool]]:
    return [(m.start(), m.end(), m.lastgroup is not None) for m in word_expression().finditer(text)]


def test_each_character_of_eastern_names_is_taken_as_the_expression_takes_it() -> None:
    for codes in EAST:
        for code in codes:
            assert split(chr(code)) == by_expression(chr(code))


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("明斯克カタひら・· \u3000\n\x1fー") | st.characters(max_codepoint=0x9FFF), max_size=70))
def test_eastern_names_are_parted_without_the_expression(text: str) -> None:
    assert split(text) == by_expression(text)
