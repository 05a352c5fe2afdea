"""Questions where all words are needed: what is left out, what stays, and that the reader is told."""

from __future__ import annotations

import pytest

from indexer.query import compile_query
from indexer.query.nodes import Node, Or, Term

LANGUAGES = ("en", "de", "ru", "es")
FIELDS = frozenset(f"{kind}_{name}" for kind in ("title", "body") for name in (*LANGUAGES, "folded", "layer"))


@pytest.mark.parametrize(
    ("query", "needed", "left"),
    [
        ("What is a vote?", ["vote"], "What, is, a"),
        ("Wer ist Präsident von Belarus?", ["Präsident", "Belarus"], "Wer, ist, von"),
        ("Кто такой министр финансов?", ["министр", "финансов"], "Кто, такой"),
        ("¿Quién es el presidente de España?", ["presidente", "España"], "Quién, es, el, de"),
        ("to be or not to be", ["to", "be", "or", "not", "to", "be"], ""),
        ("the lang:en", ["the"], ""),
        ("the -vote", ["the"], ""),
        ("+what is =a vote", ["what", "a", "vote"], "is"),
        ("what AND vote", ["what", "vote"], ""),
        ('"what is" vote', ['"what is"', "vote"], ""),
        ("title:the vote", ["the", "vote"], ""),
        ("(what OR is) vote", ["what", "is", "vote"], ""),
    ],
)
def test_words_of_a_question(query: str, needed: list[str], left: str) -> None:
    compiled = compile_query(query, languages=LANGUAGES, fields=FIELDS)
    assert [word.text for word in compiled.words] == needed
    told = [note for note in compiled.notes if "Common words" in note]
    assert (left in told[0]) if left else not told


@pytest.mark.parametrize(("english", "needed"), [(50, ["war", "Ukraine"]), (5, ["Ukraine"])])
def test_a_stop_word_that_says_something_in_another_language(english: int, needed: list[str]) -> None:
    """`war` is in 100 articles: in so many of them as an English word."""

    def count(node: Node) -> int:
        if isinstance(node, Or) and Term("body_en", "war") in node.nodes:
            return english
        return 100 if isinstance(node, Or) and Term("body_folded", "war") in node.nodes else 0

    compiled = compile_query("war in Ukraine", languages=("en", "de"), fields=FIELDS, count=count)
    assert [word.text for word in compiled.words] == needed


@pytest.mark.parametrize(("query", "needed"), [("кто Ван И", ["Ван", "И"]), ("дом и сад", ["дом", "сад"])])
def test_a_part_of_a_name_is_needed(query: str, needed: list[str]) -> None:
    compiled = compile_query(
        query, languages=LANGUAGES, fields=FIELDS, entity_lookup=lambda name: ["p"] if name == "Ван И" else []
    )
    assert [word.text for word in compiled.words] == needed
