"""Whatever is typed gets an answer, soon, and never an exception."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.query import Highlighter, compile_query

FIELDS = frozenset(
    f"{kind}_{name}" for kind in ("title", "body") for name in ("de", "ru", "zh", "ar", "en", "folded", "layer")
)
LANGUAGES = ("de", "ru", "zh", "ar", "en")
TEXT = "Die E-Mail-Redaktion (C++) zahlt 1.234,5 Rubel, 谈判 в Минске. ‏سلام"

HOSTILE = {
    "parentheses": "(" * 5000 + "a" + ")" * 5000,
    "open": "(" * 100_000,
    "closed": ")" * 100_000,
    "words": "word " * 100_000,
    "one word": "x" * 1_000_000,
    "quotes": '"' * 10_001,
    "ranges": "[a TO " * 5000,
    "range": "[a TO z]",
    "stars": "*" * 10_000 + "a" + "*a" * 10_000,
    "infix": "*a*",
    "question marks": "?*" * 5000 + "z",
    "nots": "NOT " * 5000 + "a",
    "minus": "-" * 10_000,
    "ors": "a OR " * 5000 + "b",
    "ands": "AND " * 5000,
    "fields": "title:" * 5000,
    "surrogates": "\ud800 \udfff a\ud83d",
    "nulls": "a\x00b \x00",
    "marks": "a" + "\u0301" * 100_000,
    "Chinese": "谈" * 100_000,
    "chain": "a-" * 50_000 + "a",
    "digits": "1." * 50_000 + "1",
    "apostrophes": "л'" * 50_000 + "л",
    "near": '"a b"~99999999999999999999',
    "fuzzy": "word~99999999999999999999",
    "dates": "date:[99999-99-99 TO 0000] date:0000 date:9999-12-31..0001-01-01 date:>9999-12-31",
    "percent": "%s %d {0} {} $ ^ \\ \\\\ [a-z]+$ (?:x+)+y",
    "html": '<script>alert("x")</script>',
}


@pytest.mark.parametrize("any_word", [False, True])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_queries_are_answered_fast(text: str, any_word: bool) -> None:
    start = time.perf_counter()
    compiled = compile_query(text, any_word=any_word, languages=LANGUAGES, fields=FIELDS)
    Highlighter(compiled).snippet(TEXT, "de")
    assert time.perf_counter() - start < 1
    assert all(isinstance(note, str) for note in compiled.notes)


signs = st.sampled_from(list("\"()[]{}-+=~*?:^|&!'„“«»「」.,; \u3000\u00ad")) | st.sampled_from(
    [" AND ", " OR ", " NOT ", " TO ", "title:", "date:", "lang:", "entity:", "ab", "谈判", "E-Mail", "1.5", "~5"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(signs | st.text(max_size=3), max_size=25).map("".join), st.booleans())
@example('[ TO "(', False)
@example('[a"(" TO "b)" c]', True)
def test_anything_typed_is_understood(text: str, any_word: bool) -> None:
    compiled = compile_query(text, any_word=any_word, languages=LANGUAGES, fields=FIELDS)
    highlighter = Highlighter(compiled)
    for language in ("de", "zh"):
        spans = highlighter.spans(TEXT, language)
        assert all(0 <= a < b <= len(TEXT) for a, b in spans)
        assert spans == sorted(spans)
    again = compile_query(compiled.understood, any_word=any_word, languages=LANGUAGES, fields=FIELDS)
    assert not [note for note in again.notes if "mended" in note or "closed" in note]
