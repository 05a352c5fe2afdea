"""Searching the samples from the command line: exact totals, counts that hold, filters, paging, whole exports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

FEW = ["", "Rostock ferry", "говорит OR сказал"]
QUERIES = [*FEW, "Minsk", '"in Minsk"', "谈判", "Woronzow", "press*", "harbour -Minsk"]
FACETS = ("category", "section", "entity", "language", "source", "author")


@pytest.fixture
def ask(run: Run, archive: Path) -> Any:
    """`ask("Minsk", "--limit", "3")`: the answer."""

    def asked(*arguments: str) -> dict[str, Any]:
        ran = run("search", *arguments, "--archive", archive, "--json")
        assert ran.code == 0, ran.err
        return ran.json

    return asked


@pytest.fixture
def batch(run: Run, archive: Path) -> Any:
    """`batch([{…}, {…}])`: the answers to requests, one process, in order."""

    def asked(requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        stdin = "".join(json.dumps({"id": i, **one}, ensure_ascii=False) + "\n" for i, one in enumerate(requests))
        ran = run("search", "--batch", "--json", "--archive", archive, stdin=stdin.encode())
        assert ran.code == 0, ran.out[:500]
        answers = ran.lines
        assert [answer["id"] for answer in answers] == list(range(len(requests)))
        return answers

    return asked


def ids(answer: Mapping[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


@pytest.mark.parametrize("query", QUERIES)
def test_every_count_equals_the_hits_after_the_click(batch: Any, query: str) -> None:
    answer = batch([{"query": query, "limit": 0, "facet_limit": 0}])[0]
    assert answer["total"] > 0
    clicks = [
        (name, value, {"query": query, "limit": 1000, name: value["value"]})
        for name in FACETS
        for value in answer["facets"][name]
    ]
    for (name, value, _), after in zip(clicks, batch([click for _, _, click in clicks]), strict=True):
        assert after["total"] == value["count"] == len(after["hits"]), (name, value)
        chosen = [one for one in after["facets"][name] if one["selected"]]
        assert [(one["value"], one["count"]) for one in chosen] == [(value["value"], value["count"])]


@pytest.mark.parametrize("query", QUERIES)
def test_a_second_click_widens_within_a_facet_and_narrows_across(batch: Any, query: str) -> None:
    first = {"query": query, "limit": 1000, "facet_limit": 0, "language": "de"}
    answer, everything = batch([first, {"query": query, "limit": 1000}])
    beside = [value for value in answer["facets"]["language"] if not value["selected"]]
    across = answer["facets"]["source"]
    widened = batch([{**first, "language": ["de", value["value"]]} for value in beside])
    for value, after in zip(beside, widened, strict=True):
        assert after["total"] == answer["total"] + value["count"]
    narrowed = batch([{**first, "source": value["value"]} for value in across])
    for value, after in zip(across, narrowed, strict=True):
        assert after["total"] == value["count"]
        assert set(ids(after)) <= set(ids(answer)) <= set(ids(everything))


@pytest.mark.parametrize("query", FEW)
@pytest.mark.parametrize("interval", ["auto", "day", "month", "year"])
def test_every_bar_equals_the_hits_in_its_days(batch: Any, query: str, interval: str) -> None:
    answer = batch([{"query": query, "limit": 0, "interval": interval}])[0]
    bars = answer["timeline"]
    assert sum(bar["count"] for bar in bars) + answer["undated"] == answer["total"]
    filled = [bar for bar in bars if bar["count"]] + [bar for bar in bars if not bar["count"]][:5]
    clicked = batch([{"query": query, "from": bar["start"], "to": bar["start"], "limit": 1000} for bar in filled])
    for bar, after in zip(filled, clicked, strict=True):
        assert after["total"] == bar["count"] == len(after["hits"])
        assert all(hit["published"].startswith(bar["start"]) for hit in after["hits"])


@pytest.mark.parametrize("query", FEW)
def test_what_is_excluded_is_the_rest(batch: Any, query: str) -> None:
    answer = batch([{"query": query, "limit": 1000, "facet_limit": 0}])[0]
    values = [(name, value) for name in FACETS for value in answer["facets"][name][:4]]
    without = batch([{"query": query, "limit": 1000, f"-{name}": value["value"]} for name, value in values])
    within = batch([{"query": query, "limit": 1000, name: value["value"]} for name, value in values])
    for rest, part in zip(without, within, strict=True):
        assert sorted([*ids(rest), *ids(part)]) == sorted(ids(answer))


def test_the_filters_as_options(ask: Any) -> None:
    assert {hit["language"] for hit in ask("--language", "de", "--limit", "500")["hits"]} == {"de"}
    assert {hit["language"] for hit in ask("--language", "de", "--language", "pl", "--limit", "500")["hits"]} == {
        "de", "pl",
    }  # fmt: skip
    assert "de" not in {hit["language"] for hit in ask("--language", "-de", "--limit", "500")["hits"]}
    by_code = ask("--category", "medtop:11000000", "--limit", "500")
    assert by_code["total"] == ask("--category", "politics")["total"] == ask("--category", "Politik")["total"] > 0
    assert {hit["section"] for hit in ask("--section", "Politik", "--limit", "500")["hits"]} == {"Politik"}
    assert {hit["source"] for hit in ask("--source", "MERA", "--limit", "500")["hits"]} == {"MERA"}
    ranged = ask("--from", "2023", "--to", "2023-06", "--limit", "500")["hits"]
    assert ranged
    assert all("2023-01" <= hit["published"][:7] <= "2023-06" for hit in ranged)
    assert ask("--from", "1900", "--to", "1950")["total"] == 0


def test_an_entity_by_id_or_by_any_of_its_names(ask: Any) -> None:
    entity = next(one for one in ask("--facet-limit", "0")["facets"]["entity"] if one["label"] == "Minsk")
    by_id = ask("--entity", entity["value"], "--limit", "500")
    assert by_id["total"] == entity["count"]
    for name in ("Minsk", "Минск", "Мінск", "明斯克", "mińsk"):
        assert ids(ask("--entity", name, "--limit", "500")) == ids(by_id), name
    assert ask("--entity", "Nobody In Particular")["total"] == 0


def test_all_words_any_word_phrases_and_words_as_written(ask: Any) -> None:
    both, either = (set(ids(ask("Rostock ferries", *more, "--limit", "500"))) for more in ((), ("--any",)))
    one, other = (set(ids(ask(word, "--limit", "500"))) for word in ("Rostock", "ferries"))
    assert both == one & other
    assert either == one | other
    phrase = ask('"harbour of Rostock" OR "Belarus und Russland"', "--limit", "500")
    for article in phrase["hits"]:
        assert article["snippet"]
    stem, written = (set(ids(ask(word, "--language", "de", "--limit", "500"))) for word in ("Hafens", "=Hafens"))
    assert written <= stem
    assert ask("Gespräch", "--language", "de")["total"] > ask("=Gespräch", "--language", "de")["total"]


def test_phrases_hold_to_the_letter(run: Run, ask: Any, archive: Path) -> None:
    for hit in ask('"offshore wind"', "--limit", "500")["hits"] + ask('"in Minsk"', "--limit", "500")["hits"]:
        article = run("show", hit["id"], "--archive", archive, "--json").json
        text = f"{article['title']}\n{article['body']}".casefold()
        assert "offshore wind" in text or "in minsk" in text


def test_a_word_that_nobody_wrote_is_told_with_the_nearest_one(run: Run, archive: Path) -> None:
    assert b"Did you mean: harbour" in run("search", "harbuor", "--archive", archive).out
    assert b"Did you mean" not in run("search", "harbour", "--archive", archive).out


def test_a_name_that_nobody_wrote_so_is_found_by_its_sound(ask: Any) -> None:
    found, asked = (set(ids(ask(name, "--limit", "500"))) for name in ("Vorontsof", "Woroncow"))
    assert found == asked
    assert len(found) > 10


def test_every_match_as_a_keyword_in_context_line(run: Run, ask: Any, archive: Path) -> None:
    for hit in ask("=Minsk", "--kwic", "--language", "de", "--limit", "20")["hits"]:
        article = run("show", hit["id"], "--archive", archive, "--json").json
        texts = (article["title"], article["body"])
        assert hit["kwic"], hit["id"]
        for left, match, right in hit["kwic"]:
            assert match.casefold() == "minsk"
            assert any(" ".join(f"{left}{match}{right}".split()) in " ".join(text.split()) for text in texts)


def test_a_limit_as_large_as_the_archive_and_paging_give_the_same(ask: Any) -> None:
    for sort in ("relevance", "newest", "oldest", "recent"):
        for query in ("", "Minsk"):
            whole = ask(query, "--sort", sort, "--limit", "100000")
            assert len(whole["hits"]) == whole["total"] == len(set(ids(whole)))
            assert whole["cursor"] is None
            by_cursor = [hit for page in pages(ask, query, sort) for hit in ids(page)]
            by_offset = [
                hit
                for offset in range(0, whole["total"], 50)
                for hit in ids(ask(query, "--sort", sort, "--limit", "50", "--offset", str(offset)))
            ]
            assert by_cursor == by_offset == ids(whole)


def pages(ask: Any, query: str, sort: str) -> Iterator[dict[str, Any]]:
    cursor: list[str] = []
    while True:
        page = ask(query, "--sort", sort, "--limit", "37", *cursor)
        yield page
        if page["cursor"] is None:
            return
        cursor = ["--cursor", page["cursor"]]


def test_the_orders(ask: Any) -> None:
    newest = [hit["published"][:10] for hit in ask("--sort", "newest", "--limit", "500")["hits"] if hit["published"]]
    oldest = [hit["published"][:10] for hit in ask("--sort", "oldest", "--limit", "500")["hits"] if hit["published"]]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)
    scores = [hit["score"] for hit in ask("Minsk", "--limit", "500")["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_relevance_blended_with_recency(run: Run, ask: Any, archive: Path) -> None:
    plain = {hit["id"]: hit["score"] for hit in ask("Minsk", "--limit", "500")["hits"]}
    blended = ask("Minsk", "--sort", "recent", "--limit", "500")["hits"]
    scores = [hit["score"] for hit in blended]
    assert scores == sorted(scores, reverse=True)
    assert ids({"hits": blended}) != list(plain)
    parts = {hit["id"]: hit["score"] / plain[hit["id"]] for hit in blended}
    assert all(0.499 < part <= 1.001 for part in parts.values())
    by_day = sorted(blended, key=lambda hit: hit["published"] or "")
    assert parts[by_day[-1]["id"]] == max(parts.values())
    assert [hit["id"] for hit in ask("", "--sort", "recent")["hits"]] == ids(ask("", "--sort", "newest"))


def test_facet_limits(ask: Any) -> None:
    every = ask("--facet-limit", "0")["facets"]["entity"]
    assert len(every) > 100
    assert ask("--facet-limit", "3")["facets"]["entity"] == every[:3]
    counts = [value["count"] for value in every]
    assert counts == sorted(counts, reverse=True)
    kept = ask("--facet-limit", "1", "--language", "ja")["facets"]["language"]
    assert [value["value"] for value in kept if value["selected"]] == ["ja"], "a chosen value stays, however far down"


def test_what_the_export_writes_is_what_the_archive_holds(run: Run, ask: Any, archive: Path, tmp_path: Path) -> None:
    exported = run("export", "--archive", archive).lines
    assert sorted(row["id"] for row in exported) == sorted(ids(ask("--limit", "1000")))
    (tmp_path / "all.jsonl").write_bytes(run("export", "--archive", archive).out)
    again = run("index", tmp_path / "all.jsonl", "--archive", tmp_path / "again", "--json")
    assert (again.code, again.json["added"]) == (0, len(exported))
    second = {row["id"]: row for row in run("export", "--archive", tmp_path / "again").lines}
    for row in exported:
        same = {key: value for key, value in row.items() if key != "provenance"}
        assert {key: value for key, value in second[row["id"]].items() if key != "provenance"} == same
    table = run("export", "--format", "csv", "--archive", archive).out.decode()
    assert table.splitlines()[0].startswith("id,title,body")
