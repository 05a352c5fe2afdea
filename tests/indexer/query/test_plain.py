"""Mere words are read without Whoosh's parser, and as it would read them."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.query import parse as module
from indexer.query.mend import mend
from indexer.query.parse import Parsed, parse
from indexer.query.syntax import Reader, process
from indexer.settings import LimitSettings

WORDS = st.one_of(
    st.sampled_from(["AND", "OR", "NOT", "and", "ORF", "NOTE", "TO", "title", "Gespräch", "谈判", "E2E", "ё", "x_y"]),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=6),
)
FEW = LimitSettings(clauses=4)


def by_whoosh(text: str, limits: LimitSettings) -> Parsed:
    mended, notes = mend(text, limits)
    part = Reader(limits, notes).part(process(mended))
    return Parsed(part, tuple(dict.fromkeys(notes)))


@given(st.lists(WORDS, max_size=7).map(" ".join))
@example("Minsk")
@example("Lawrow  führt Gespräche in Minsk")
@example("NOTE to AND")
@example("")
def test_both_ways_agree(text: str) -> None:
    for limits in (FEW, LimitSettings()):
        mended, _ = mend(text, limits)
        if module._PLAIN.fullmatch(mended):
            assert parse(text, limits) == by_whoosh(text, limits)


def test_what_is_plain() -> None:
    for text in ("Minsk", "Lawrow Minsk 2024", "谈判", "Gespräche ORF NOTE"):
        assert module._PLAIN.fullmatch(text), text
    for text in ("a OR b", "NOT b", "a AND", "x:y", '"a b"', "a*", "(a)", "-a", "=a", "a~", "x_y"):
        assert not module._PLAIN.fullmatch(text), text


def test_whoosh_is_loaded_for_more_than_words_alone() -> None:
    code = (
        "import sys; from indexer.query.parse import parse; from indexer.settings import LimitSettings\n"
        "for text in ('Lawrow Minsk', 'Lawrow OR Minsk'):\n"
        "    parse(text, LimitSettings()); print('whoosh' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout.split() == [b"False", b"True"]
