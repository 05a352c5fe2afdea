"""What a query was understood as, and the forms of its words."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.query import compile_query
from indexer.query.nodes import And, DayRange, Every, Facet, Not, Nothing, Or

LANGUAGES = ("de", "ru", "zh")
FIELDS = frozenset(f"{kind}_{name}" for kind in ("title", "body") for name in (*LANGUAGES, "folded", "layer"))


def compiled(query: str, **options: Any) -> Any:
    return compile_query(query, languages=LANGUAGES, fields=FIELDS, **options)


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("a  b", "a b"), ("a OR b c", "(a OR b) c"), ("a AND b OR c", "(a AND b) OR c"), ("a NOT b", "a -b"),
        ("„a b“~3", '"a b"~3'), ("(a (b)) c", "(a b) c"), ("title:(a b)", "title:a title:b"),
        ("=a b* c~1", "=a b* c~1"),
        ("date:[2024-03 TO", "date:[2024-03 TO]"), ("date:>2024", "date:{2024 TO]"), ("What is it?", "What is it"),
        ("foo:bar", "foo:bar"), ("TITLE:a", "title:a"), ("topic:x by:y", "category:x author:y"), ("a;b", "a b"),
    ],
)  # fmt: skip
def test_a_query_is_understood_as(query: str, understood: str) -> None:
    assert compiled(query).understood == understood


def test_each_form_has_a_key_that_switches_it_off() -> None:
    keys = [form.key for form in compiled("Müllers").words[0].forms]
    assert keys == ["stem:de:mull", "compound:de:mull", "exact:mullers", "variant:mullers", "variant:muellers"]
    off = compiled("Müllers", disabled=frozenset(keys))
    assert off.node == Nothing()
    assert [form["on"] for form in off.explain()["words"][0]["forms"]] == [False] * 5


@pytest.mark.parametrize(
    ("query", "held", "missing"),
    [
        ("AT&T", "en:att", "en:t"), ("U.S", "en:u s", "fr:u"), ("d'Orsay", "fr:orsay", ""),
        ("mother-in-law", "en:mother law", ""),
    ],
)  # fmt: skip
def test_joined_words_are_not_looked_for_by_what_stop_words_leave(query: str, held: str, missing: str) -> None:
    fields = frozenset(f"body_{name}" for name in ("en", "fr", "folded", "layer"))
    forms = compile_query(query, languages=("en", "fr"), fields=fields).words[0].forms
    found = {form.key.removeprefix("stem:") for form in forms if form.kind == "stem"}
    assert held in found
    assert missing not in found


def test_foreign_words_and_numbers_count_in_every_language_like_its_own() -> None:
    forms = compiled("Kafka").words[0].forms
    exact = next(form for form in forms if form.key == "exact:kafka")
    assert {"body_ru", "body_zh", "body_folded"} <= {node.field for node in exact.node.nodes}
    assert "body_de" not in {node.field for node in exact.node.nodes}


def test_characters_count_beside_pairs_and_change_no_match() -> None:
    """谈判代表 with any part being enough: an article is found by a pair, never by a single character."""
    node = compiled("谈判代表", any_word=True).node
    assert isinstance(node, And)
    pairs, single = node.nodes
    assert "谈" in repr(single)
    assert "谈判" in repr(pairs)


def test_forms_are_counted_when_a_count_is_given() -> None:
    explained = compiled("谈判").explain(lambda node: 7)
    assert [(form["key"], form["count"]) for form in explained["words"][0]["forms"]] == [
        ("bigrams:zh:谈判", 7), ("exact:谈 判", 7),
    ]  # fmt: skip


def test_names_in_other_scripts_are_forms_of_their_own() -> None:
    found = compiled("Lukaschenko", names=lambda word: ["Лукашенко"]).words[0].forms
    assert [form.key for form in found if form.kind == "name"] == ["name:лукашенко"]


def test_facets_are_looked_up() -> None:
    entities = {"Anna Lind": ("Q1", "Q2")}
    by_name = compiled('entity:"Anna Lind"', entity_lookup=lambda name: entities.get(name, ()))
    assert by_name.node == Or((Facet("entity", "Q1"), Facet("entity", "Q2")))
    unknown = compiled("entity:nobody", entity_lookup=lambda name: ())
    assert (unknown.node, unknown.notes) == (Nothing(), ("No entity is known as “nobody”.",))
    topic = compiled("category:Politik", resolver=lambda name, value: [f"{name}/{value}"])
    assert topic.node == Facet("category", "category/Politik")


def test_filters_bind_where_any_word_is_enough() -> None:
    node = compiled("a b date:2024 -lang:ru", any_word=True).node
    assert isinstance(node, And)
    assert DayRange(738886, 739251) in node.nodes
    assert Not(Facet("language", "ru")) in node.nodes


def test_an_empty_query_is_everything_and_a_lone_exclusion_all_else() -> None:
    assert compiled(" ").node == Every()
    assert compiled("-lang:ru").node == And((Every(), Not(Facet("language", "ru"))))


def test_words_side_by_side_count_more_and_change_no_match() -> None:
    near = compiled("neue brücke").node
    far = compiled("neue brücke", proximity=False).node
    assert isinstance(near, Or)
    assert near.nodes[0] == far


def test_only_fields_that_are_there_are_searched() -> None:
    bare = compile_query("haus", languages=("de",), fields=frozenset({"body_folded"}))
    assert [form.key for form in bare.words[0].forms] == ["exact:haus"]
    assert compile_query("haus", languages=("de",), fields=frozenset()).node == Nothing()


@pytest.mark.parametrize(("query", "words"), [("Print#", ["Print#", "Print"]), ("C++", ["C++"]), ("C#", ["C#"])])
def test_words_with_signs_are_found_without_them_where_any_word_is_enough(query: str, words: list[str]) -> None:
    assert [word.text for word in compiled(query, any_word=True).words] == words
    assert [word.text for word in compiled(query).words] == [query]
