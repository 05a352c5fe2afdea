"""Searches as data: each folder holds `articles.jsonl` and `searches.yaml`, run on every engine.

`searches.yaml` maps a query to the ids it must find, all of them; a query in braces has options: `any`, `notes`
(words that must stand in a note), `first` (the order of the hits matters, as many as are given).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from indexer.analysis import BulkAnalyzer
from indexer.engines import NAMES, engine
from indexer.engines.base import FACETS, Batch, EngineRequest, Searcher
from indexer.query import CompiledQuery, Highlighter, compile_query

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/searches.yaml"))


@dataclass(frozen=True)
class Search:
    """One query of a case; `expected` are ids."""

    query: str
    any: bool
    notes: str
    first: bool
    expected: tuple[str, ...]


class _Loader(yaml.SafeLoader):
    """Keeps keys as written: `on`, `1.5` and `2024` are queries."""


_Loader.yaml_implicit_resolvers = {}


def _searches(case: str) -> tuple[list[str], list[Search]]:
    root = yaml.compose((HERE / case / "searches.yaml").read_text(encoding="utf-8"), Loader=_Loader)
    top = {key.value: value for key, value in root.value}
    found = []
    for key, value in top["searches"].value:
        plain = isinstance(key, yaml.ScalarNode)
        options = {"query": key.value} if plain else {k.value: v.value for k, v in key.value}
        ids = tuple(item.value for item in value.value)
        flags = (options.get("any") == "true", options.get("notes", ""), options.get("first") == "true")
        found.append(Search(options["query"], *flags, ids))
    return [code.value for code in top["languages"].value], found


def _articles(case: str) -> list[dict[str, Any]]:
    lines = (HERE / case / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _batch(articles: list[dict[str, Any]]) -> Batch:
    def day(text: str | None) -> int:
        return date.fromisoformat(text).toordinal() if text else 0

    def values(article: Mapping[str, Any], name: str) -> list[str]:
        value = article.get(name, ())
        return [value] if isinstance(value, str) else list(value)

    columns = [[article[name] for article in articles] for name in ("title", "body", "language")]
    return Batch(
        [article["id"] for article in articles],
        BulkAnalyzer().columns(*columns),
        np.array([day(article.get("date")) for article in articles], np.int32),
        np.full(len(articles), -1, np.int16),
        {name: [values(article, name) for article in articles] for name in FACETS},
        [json.dumps(article["id"]).encode() for article in articles],
    )


@pytest.fixture(scope="module", params=[(name, case) for name in NAMES for case in CASES], ids="-".join)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Searcher]]:
    name, case = request.param
    directory = tmp_path_factory.mktemp(f"{name}-{case}")
    try:
        house = engine(name)
    except ImportError as error:
        pytest.skip(f"engine {name}: {error}")
    builder = house.builder(directory)
    builder.add(_batch(_articles(case)))
    builder.commit()
    searcher = house.open(directory)
    yield case, searcher
    searcher.close()


def marked(compiled: CompiledQuery, articles: Mapping[str, Mapping[str, Any]], found: list[str]) -> set[str]:
    """Those of the hits in which the words of the query are marked."""
    highlighter = Highlighter(compiled)
    return {
        name
        for name in found
        if any(highlighter.spans(articles[name][kind], articles[name]["language"], kind) for kind in ("title", "body"))
    }


def test_every_search_finds_what_it_should(archive: tuple[str, Searcher]) -> None:
    case, searcher = archive
    languages, searches = _searches(case)
    articles = {article["id"]: article for article in _articles(case)}
    wrong = []
    for search in searches:
        compiled = compile_query(
            search.query, any_word=search.any, languages=languages, fields=searcher.fields, count=searcher.count_of
        )
        answer = searcher.search(EngineRequest(query=compiled.node, limit=1000))
        found = [json.loads(stored) for stored in searcher.stored(answer.docs.tolist())]
        right = found == list(search.expected) if search.first else sorted(found) == sorted(search.expected)
        if not right or answer.total != len(found):
            wrong.append(f"{search.query}: found {found}, expected {list(search.expected)}")
        if compiled.words and set(found) != marked(compiled, articles, found):
            wrong.append(f"{search.query}: nothing is marked in some of {found}")
        if search.notes and not any(search.notes in note for note in compiled.notes):
            wrong.append(f"{search.query}: no note says {search.notes!r} in {compiled.notes}")
    assert not wrong, "\n".join(wrong)
