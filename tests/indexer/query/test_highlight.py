"""What is marked in a text, which window is shown, and each keyword in its context."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.compounds import ArchiveCompounds
from indexer.query import Highlighter, compile_query, windows
from indexer.query.highlight import Span

LANGUAGES = ("de", "ru", "zh", "en")
FIELDS = frozenset(f"{kind}_{name}" for kind in ("title", "body") for name in (*LANGUAGES, "folded", "layer"))
GERMAN = "Zuerst geschah nichts. Der Außenminister Jens Müller führte Gespräche in Minsk. Die E-Mail kam am Montag."


class Archive:
    compounds = ArchiveCompounds({"de": {"minister": 9, "sprache": 9}})


def highlighter(query: str, **options: Any) -> Highlighter:
    return Highlighter(compile_query(query, languages=LANGUAGES, fields=FIELDS, **options), Archive())


@pytest.mark.parametrize(
    ("query", "language", "text", "marked"),
    [
        ("gespräch", "de", GERMAN, ["Gespräche"]),
        ("GESPRAECH", "de", GERMAN, ["Gespräche"]),
        ("gespraeche", "de", GERMAN, ["Gespräche"]),
        ("minister", "de", GERMAN, ["Außenminister"]),
        ("mueller", "de", GERMAN, ["Müller"]),
        ("email", "de", GERMAN, ["E-Mail"]),
        ('"jens müller"', "de", GERMAN, ["Jens Müller"]),
        ('"müller jens"', "de", GERMAN, []),
        ('"müller minsk"~3', "de", GERMAN, ["Müller", "Minsk"]),
        ("minsk -montag", "de", GERMAN, ["Minsk"]),
        ("title:minsk", "de", GERMAN, []),
        ("min*", "de", GERMAN, ["Minsk"]),
        ("m?nsk montak~", "de", GERMAN, ["Minsk", "Montag"]),
        ("=gespräch", "de", GERMAN, []),
        ("переговоры", "ru", "О переговорах в Минске", ["переговорах"]),
        ("谈判", "zh", "举行谈判。谈了，判", ["谈判"]),
        ("明斯克谈判", "zh", "在明斯克谈判", ["明斯克谈判"]),
        ("谈", "zh", "举行谈判", ["谈"]),
        ("naive", "en", "A naïve view, <b>naive</b>", ["naïve", "naive"]),
        ("lang:de", "de", GERMAN, []),
    ],
)
def test_matches_are_marked_as_they_matched(query: str, language: str, text: str, marked: list[str]) -> None:
    assert [text[a:b] for a, b in highlighter(query).spans(text, language)] == marked


def test_forms_that_are_switched_off_are_not_marked() -> None:
    off = frozenset({"stem:de:gesprach", "compound:de:gesprach"})
    assert highlighter("gespräch", disabled=off).spans(GERMAN, "de") == []


def test_a_text_in_several_languages_is_marked_in_each() -> None:
    text = "Gespräche и переговоры"
    spans = highlighter("gespräch переговорах").spans(text, ("de", "ru"))
    assert [text[a:b] for a, b in spans] == ["Gespräche", "переговоры"]


def test_the_snippet_begins_with_the_sentence_that_has_most_words() -> None:
    text = "Minsk. " + "Füllwort " * 60 + "Ende. Der Minister sprach in Minsk. " + "Füllwort " * 60
    snippet = highlighter("minister minsk").snippet(text, "de", 80)
    assert snippet.text.startswith("Der Minister sprach in Minsk.")
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["Minister", "Minsk"]
    assert text[snippet.start :].startswith("Der Minister")
    assert snippet.cut_before
    assert snippet.cut_after


def test_without_a_match_the_beginning_is_shown() -> None:
    snippet = highlighter("nirgends").snippet(GERMAN, "de", 30)
    assert (snippet.text, snippet.spans, snippet.start) == ("Zuerst geschah nichts. Der", (), 0)
    assert highlighter("x").snippet("", "de").text == ""


def test_every_match_has_a_line_of_context() -> None:
    lines = highlighter("minsk").kwic("Minsk liegt hier.\nNach Minsk, von Minsk.", "de", 12)
    assert [(line.left, line.match, line.right) for line in lines] == [
        ("", "Minsk", " liegt hier."), ("hier. Nach ", "Minsk", ", von Minsk."),
        ("Minsk, von ", "Minsk", "."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Er kam am 12. Juni an. Sie ging.", ["Sie"]),
        ("Bis 2024. Danach nichts.", ["Danach"]),
        ("Er ist z.B. Maler. Dr. Meier auch.", ["Dr."]),
        ("W dniu 3. Maja przy ul. Długiej. Koniec.", ["Koniec."]),
        ("Это было в г. Минске, на ул. Ленина. А. С. Пушкин там жил.", ["А."]),
        ("У м. Київ на вул. Хрещатик. Далі.", ["Далі."]),
        ("Mr. Smith met J. F. Kennedy. They spoke.", ["They"]),
        ("„Nein.“ Er ging.", ["Er"]),
        ("El Sr. Ruiz y la Sra. Paz. Fin.", ["Fin."]),
        ("Absatz mit Nr.\nNeuer Absatz", ["Neuer"]),
        ("第一句。第二句！第三句", ["第二句！第三句", "第三句"]),
    ],
)
def test_sentences_begin_behind_a_stop_that_ends_one(text: str, starts: list[str]) -> None:
    assert [text[start:].split()[0] for start in windows.sentence_starts(text)[1:]] == starts


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["Minsk", "Minister", "谈判", "E-Mail", ".", "\n", " ", "\u00ad", "x" * 30]), max_size=60),
    st.integers(1, 120),
)
def test_snippets_keep_to_the_text_and_the_length(pieces: list[str], length: int) -> None:
    text = " ".join(pieces)
    marker = highlighter("minsk minister 谈判 email")
    snippet = marker.snippet(text, "de", length)
    assert len(snippet.text) <= length
    piece = text[snippet.start : snippet.start + len(snippet.text)]
    assert snippet.text == "".join(" " if c.isspace() else c for c in piece)
    assert all(0 <= a < b <= len(snippet.text) for a, b in snippet.spans)
    assert len(marker.kwic(text, "de")) == len(marker.spans(text, "de"))


@settings(max_examples=300, deadline=None)
@given(st.text("ab.!? \n\u00a0。”'1B", max_size=200), st.data())
def test_only_the_sentences_near_the_matches_are_told_apart(text: str, data: st.DataObject) -> None:
    words = [Span(m.start(), m.end(), 0) for m in re.finditer("[ab]+", text)]
    spans = sorted(data.draw(st.lists(st.sampled_from(words), unique=True))) if words else []
    length = data.draw(st.integers(8, 80))
    with patch.object(windows, "_well_before", lambda *_: 0):
        slow = windows.best(text, spans, length)
    assert windows.best(text, spans, length) == slow


def test_layer_terms_are_looked_for_only_in_documents_that_have_them() -> None:
    marker = highlighter("minister")
    held = {("body_layer", "de:minist"): [True, False]}
    asked: list[Any] = []

    def holding(node: Any, docs: Any) -> list[bool]:
        asked.append(node.field)
        return held.get((node.field, node.text), [False, False])

    there, absent = marker.each([7, 9], holding)
    assert set(asked) == {"body_layer"}
    assert there.spans(GERMAN, "de") == marker.spans(GERMAN, "de") != []
    assert absent.spans(GERMAN, "de") == []
    assert absent.spans(GERMAN, "de", "title") == marker.spans(GERMAN, "de", "title")
