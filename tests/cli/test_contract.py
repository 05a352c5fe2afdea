"""Names, options, JSON keys and exit codes stay: programs rely on them."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest

from indexer.cli import COMMANDS, cli
from tests.cli.conftest import SAMPLES, Run

OPTIONS = {
    "read": "--explain --json",
    "index": "--archive --workers --prune --json",
    "search": "--archive --any --from --to --category --section --entity --language --source --sort --limit --interval "
    "--facet-limit --kwic --batch --json",
    "show": "--archive --json",
    "rebuild": "--archive --workers --json",
    "serve": "--archive --host --port",
    "demo": "--host --port --no-serve",
    **dict.fromkeys(
        ["verify", "repair", "generations", "rollback", "gc", "backup", "restore", "stats", "ledger", "export"],
        "--archive --json",
    ),
    "watch": "--archive --json",
    "doctor": "--archive --json",
}

KEYS = {
    ("index", "{pile}"): "generation read added updated unchanged removed rejected seconds",
    ("search", "Rostock"): "total took_ms generation hits facets timeline query",
    ("show", "h1"): "id title body language published precision section category source url authors dateline "
    "provenance entities",
    ("read", "{pile}"): "articles rejected",
    ("rebuild",): "generation read added updated unchanged removed rejected seconds",
    ("verify",): "generations",
    ("repair",): "generation damaged",
    ("generations",): "generations",
    ("gc",): "deleted",
    ("stats",): "generation articles undated bytes years facets unmapped",
    ("ledger",): "entries",
    ("ledger", "--list"): "runs",
    ("doctor",): "findings",
    ("watch", "--times", "1"): "generation read added updated unchanged removed rejected seconds",
    ("entities", "list"): "entities",
    ("entities", "match", "Sergej Lawrow", "Сергей Лавров"): "same score",
    ("backup", "{tmp}/saved.tar.gz"): "file generation bytes",
    ("export", "{tmp}/all.jsonl"): "file articles",
}


def test_the_commands_of_the_contract_are_there() -> None:
    named = "read index search show entities rebuild verify repair generations rollback gc backup restore stats ledger"
    assert {*named.split(), "export", "serve", "watch", "doctor", "demo"} <= set(COMMANDS)


@pytest.mark.parametrize("name", OPTIONS)
def test_options(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    have = {option for parameter in command.params for option in parameter.opts}
    assert set(OPTIONS[name].split()) <= have


@pytest.mark.parametrize("arguments", KEYS, ids=" ".join)
def test_json_is_one_object_with_its_keys(
    run: Run, small: Path, pile: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    filled = [argument.format(pile=pile, tmp=tmp_path) for argument in arguments]
    takes_archive = arguments[:2] != ("entities", "match")
    ran = run(*filled, *(["--archive", str(small)] if takes_archive else []), "--json")
    assert ran.code == 0, ran.err
    assert set(KEYS[arguments].split()) <= set(ran.json)
    assert ran.err == ""


def test_the_keys_of_hits_facets_and_bars(run: Run, archive: Path) -> None:
    answer = run("search", "Minsk", "--archive", archive, "--json").json
    hit = answer["hits"][0]
    named = "id title snippet published category section language source url score entities"
    assert set(named.split()) <= set(hit)
    assert {"id", "label", "type"} <= set(hit["entities"][0])
    assert {"category", "section", "entity", "language", "source"} <= set(answer["facets"])
    for name, values in answer["facets"].items():
        assert values
        for value in values:
            assert {"value", "label", "count", "selected"} <= set(value)
            assert ("type" in value) == (name == "entity")
    assert {value["type"] for value in answer["facets"]["entity"]} <= {"person", "place", "organisation"}
    assert set(answer["timeline"][0]) >= {"start", "count"}
    categories = [hit["category"] for hit in answer["hits"] if hit["category"]]
    assert set(categories[0]) == {"code", "label"}


def test_the_keys_of_an_article_and_its_entities(run: Run, archive: Path) -> None:
    searched = run("search", "Minsk", "--limit", "1", "--archive", archive, "--json")
    found = searched.json["hits"][0]["id"]
    article = run("show", found, "--archive", archive, "--json").json
    assert set(article["category"]) == {"code", "label"}
    assert {"file", "member", "line", "fields"} <= set(article["provenance"])
    texts = {"title": article["title"], "body": article["body"], "dateline": (article["dateline"] or {}).get("place")}
    assert article["entities"]
    for entity in article["entities"]:
        assert set(entity) == {"id", "label", "type", "count", "mentions"}
        assert entity["count"] == len(entity["mentions"]) > 0
        for mention in entity["mentions"]:
            assert texts[mention["field"]][mention["start"] : mention["end"]] == mention["text"]


def test_what_the_readers_see(run: Run) -> None:
    ran = run("read", SAMPLES / "mera", SAMPLES / "broken", "--json")
    assert ran.code == 6
    article = ran.json["articles"][0]
    named = "id title body language published precision section category source url authors dateline provenance"
    assert list(article) == named.split()
    assert {"file", "member", "line", "fields"} <= set(article["provenance"])
    assert article["provenance"]["file"].startswith(str(SAMPLES / "mera"))
    codes = {"unknown-format", "damaged", "not-news", "no-text", "too-large"}
    assert ran.json["rejected"]
    for rejected in ran.json["rejected"]:
        assert {"file", "member", "code", "reason"} <= set(rejected)
        assert rejected["code"] in codes


def test_exit_codes_of_an_archive_that_is_damaged_or_locked(run: Run, small: Path, pile: Path) -> None:
    from indexer.archive import Archive

    with Archive(small).lock():
        ran = run("index", pile, "--archive", small)
        assert ran.code == 5
        assert "is writing" in ran.err
        assert run("search", "Rostock", "--archive", small).code == 0, "readers do not wait for writers"
    shutil.rmtree(small / "generations" / "1" / "index")
    ran = run("search", "Rostock", "--archive", small)
    assert ran.code == 4
    assert "newsdex repair" in ran.err


def test_a_faulty_newsdex_yml_is_told_with_every_place(run: Run, small: Path) -> None:
    (small / "newsdex.yml").write_text("index: {keep: 0}\nweb:\n  titel: x\n", encoding="utf-8")
    for command in (("search", "x"), ("stats",), ("index",), ("rebuild",), ("gc",)):
        ran = run(*command, "--archive", small)
        assert ran.code == 3, command
        assert "newsdex.yml:1:15" in ran.err
        assert "newsdex.yml:3:3" in ran.err
    doctor = run("doctor", "--archive", small, "--json")
    assert doctor.code == 1
    assert any("newsdex.yml:3:3" in finding["text"] for finding in doctor.json["findings"])


def test_rejected_input_is_told_and_the_rest_is_read(run: Run, pile: Path, tmp_path: Path) -> None:
    (pile / "picture.png").write_bytes(b"\x89PNG\r\n" + bytes(range(256)))
    ran = run("index", pile, "--archive", tmp_path / "archive")
    assert ran.code == 6
    assert b"3 added" in ran.out
    assert "picture.png: unknown-format" in ran.err
    again = run("index", pile, "--archive", tmp_path / "archive", "--json")
    assert (again.code, again.json["rejected"], again.json["unchanged"]) == (6, 1, 3)
    told = run("ledger", "--rejected", "--archive", tmp_path / "archive", "--json").json["entries"]
    assert [(entry["code"], bool(entry["remedy"])) for entry in told] == [("unknown-format", True)]
