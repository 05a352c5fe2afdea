"""The index is one of Whoosh's: terms, postings, lengths, stored fields, columns, deletions, collectors, highlights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from whoosh import collectors, highlight, index, qparser, query, sorting
from whoosh.reading import TermNotFound

from corpus.errors import UsageError
from indexer.engines import engine
from indexer.engines.whoosh.whoosh_index import ArrayIndex, open_index
from tests.archives import batch, build

DAY = datetime(2024, 6, 24).toordinal()
BODY = "body_en"
ARTICLES = [
    {"id": "a", BODY: "dam river dam town", "title_en": "dam", "day": DAY, "minute": 90, "language": ["en"],
     "entity": ["x", "y"]},
    {"id": "b", BODY: "river _ town", "day": DAY + 1, "language": ["de"]},
    {"id": "c", BODY: "school", "day": 0, "language": ["en"], "entity": ["x"]},
    {"id": "d", BODY: "dam gone", "day": DAY, "language": ["en"]},
]  # fmt: skip


@pytest.fixture(scope="module", params=[1, 2], ids=["one segment", "two segments"])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArrayIndex]:
    """The articles, "d" deleted; with 2, a large segment that no merge touches beside a small one."""
    directory = tmp_path_factory.mktemp("whoosh")
    made = engine("whoosh")
    more = [{"id": f"e{i}", BODY: "filler"} for i in range(9 * request.param - 8)]
    first = build(made, directory / "1", batch(*ARTICLES[:2], *more))
    builder = made.builder(directory / "2", base=first)
    builder.add(batch(*ARTICLES[2:], {"id": "f", BODY: "filler"}))
    builder.commit()
    builder = made.builder(directory / "3", base=directory / "2")
    builder.delete(["d"])
    builder.commit()
    found = open_index(directory / "3")
    assert isinstance(found, index.Index)
    assert len(found.arrays.segments) == request.param
    yield found
    found.close()


def docs(opened: ArrayIndex) -> dict[str, int]:
    return {name: opened.arrays.doc(name) for name in "abc"}


def test_terms(opened: ArrayIndex) -> None:
    reader = opened.reader()
    assert (BODY, "river") in reader
    assert (BODY, "sea") not in reader
    assert ("language", "de") in reader
    assert [term for term in reader.lexicon(BODY) if term not in (b"filler", b"gone")] == [
        b"dam", b"river", b"school", b"town",
    ]  # fmt: skip
    assert list(reader.expand_prefix(BODY, "s")) == [b"school"]
    assert list(reader.field_terms("entity")) == ["x", "y"]
    assert (BODY, b"town") in list(reader.terms_from(BODY, "t"))
    assert set(reader.indexed_field_names()) >= {BODY, "title_en", "id", "day", "published", "language"}
    assert list(reader.all_terms()) == sorted(reader.all_terms())
    assert reader.most_frequent_terms(BODY, 1, "d")[0][1] == b"dam"
    assert list(reader.terms_within(BODY, "dame", 1)) == ["dam"]
    leaf = next(leaf for leaf, _ in reader.leaf_readers() if (BODY, "school") in leaf)
    cursor = leaf.cursor(BODY)
    assert cursor.find(b"s") == "school"


def test_a_term_and_its_postings(opened: ArrayIndex) -> None:
    reader, at = opened.reader(), docs(opened)
    info = reader.term_info(BODY, "dam")
    assert info.weight() >= 2
    assert (info.max_weight(), info.max_length()) == (2, 4)
    assert reader.doc_frequency(BODY, "river") == 2
    assert reader.frequency(BODY, "river") == 2
    matcher = reader.postings(BODY, "dam")
    assert list(matcher.all_ids()) == [at["a"]]
    assert (matcher.weight(), matcher.value_as("positions")) == (2.0, [0, 2])
    assert [span.start for span in matcher.spans()] == [0, 2]
    assert reader.schema[BODY].format.decode_positions(matcher.value()) == [0, 2]
    matcher = reader.postings(BODY, "town")
    matcher.skip_to(at["b"])
    assert (matcher.id(), matcher.value_as("positions")) == (at["b"], [2])
    matcher.next()
    assert not matcher.is_active() or matcher.id() > at["b"]
    with pytest.raises(TermNotFound):
        reader.postings(BODY, "sea")


def test_documents(opened: ArrayIndex) -> None:
    reader, at = opened.reader(), docs(opened)
    assert reader.doc_count_all() == reader.doc_count() + 1
    assert reader.has_deletions()
    gone = set(range(reader.doc_count_all())) - set(reader.all_doc_ids())
    assert len(gone) == 1
    assert reader.is_deleted(gone.pop())
    assert reader.stored_fields(at["a"]) == {
        "id": "a", "article": b"stored a", "day": DAY, "minute": 90, "language": ["en"], "entity": ["x", "y"],
    }  # fmt: skip
    assert "d" not in [fields["id"] for fields in reader.all_stored_fields()]
    assert reader.doc_field_length(at["a"], BODY) == 4
    assert reader.doc_field_length(at["c"], "title_en", 7) == 7
    assert (reader.min_field_length("title_en"), reader.max_field_length(BODY)) == (0, 4)
    assert not reader.has_vector(0, BODY)


def test_columns(opened: ArrayIndex) -> None:
    reader, at = opened.reader(), docs(opened)
    assert reader.has_column("day")
    assert not reader.has_column(BODY)
    assert reader.column_reader("minute")[at["a"]] == 90
    assert reader.column_reader("published")[at["a"]] == datetime(2024, 6, 24, 1, 30)
    leaf, base = next((leaf, base) for leaf, base in reader.leaf_readers() if (BODY, "river") in leaf)
    plain, turned = (leaf.column_reader("day", reverse=turn, translate=False) for turn in (False, True))
    assert plain.sort_key(at["a"] - base) < plain.sort_key(at["b"] - base)
    assert turned.sort_key(at["a"] - base) > turned.sort_key(at["b"] - base)


def ids(results: Any) -> list[str]:
    return [hit["id"] for hit in results]


def test_collectors_facets_and_sorting(opened: ArrayIndex) -> None:
    town = query.Or([query.Term(BODY, "town"), query.Term(BODY, "school")])
    with opened.searcher() as searcher:
        assert sorted(ids(searcher.search(town))) == ["a", "b", "c"]
        assert ids(searcher.search(town, sortedby="day")) == ["c", "a", "b"]
        assert ids(searcher.search(town, sortedby="published", reverse=True))[-2:] == ["b", "a"]
        grouped = searcher.search(town, groupedby="language").groups("language")
        assert {name: len(found) for name, found in grouped.items()} == {"en": 2, "de": 1}
        several = sorting.FieldFacet("entity", allow_overlap=True, maptype=sorting.Count)
        entities = searcher.search(town, groupedby=several).groups()
        assert {name: n for name, n in entities.items() if name} == {"x": 2, "y": 1}
        assert ids(searcher.search(town, filter=query.Term("entity", "y"))) == ["a"]
        assert ids(searcher.search(town, mask=query.Term("language", "en"))) == ["b"]
        assert sorted(ids(searcher.search_page(town, 1, pagelen=2))) != []
        collected = collectors.TimeLimitCollector(searcher.collector(limit=None), timelimit=20)
        searcher.search_with_collector(town, collected)
        assert len(collected.results()) == 3
        assert set(searcher.docs_for_query(town)) == set(docs(opened).values())
        assert searcher.document(id="b")["day"] == DAY + 1
        assert searcher.document_number(id="b") == docs(opened)["b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("river", ["a", "b"]),
        ('"river dam"', ["a"]),
        ('"dam town"', ["a"]),
        ('"river town"~2', ["a", "b"]),
        ("river NOT dam", ["b"]),
        ("(school OR dam) AND language:en", ["a", "c"]),
        ("title_en:dam", ["a"]),
        ("r*r", ["a", "b"]),
        ("published:[20240624 to 20240624]", ["a"]),
    ],
)
def test_the_query_parser(opened: ArrayIndex, text: str, expected: list[str]) -> None:
    with opened.searcher() as searcher:
        parsed = qparser.QueryParser(BODY, opened.schema).parse(text)
        assert sorted(ids(searcher.search(parsed))) == expected


def test_highlighting(opened: ArrayIndex) -> None:
    with opened.searcher() as searcher:
        results = searcher.search(query.Term(BODY, "town"))
        results.fragmenter = highlight.WholeFragmenter()
        assert '<b class="match term0">town</b>' in results[0].highlights(BODY, text="the town by the river")
        assert results.has_matched_terms() is False
        terms = searcher.search(query.Term(BODY, "town"), terms=True)
        assert terms.matched_terms() == {(BODY, b"town")}


def test_whoosh_cannot_write(opened: ArrayIndex) -> None:
    with pytest.raises(UsageError, match="newsdex index"):
        opened.writer()


def test_an_empty_index(tmp_path: Path) -> None:
    empty = open_index(build(engine("whoosh"), tmp_path / "index"))
    assert empty.is_empty()
    assert empty.doc_count() == 0
    with empty.searcher() as searcher:
        assert len(searcher.search(query.Every())) == 0
