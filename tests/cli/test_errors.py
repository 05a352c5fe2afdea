"""A person's error is a message that names the place and the remedy, with its exit code; never a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run, process

# arguments ({a}: an archive, {pile}: its pile, {tmp}: a directory), exit code, what the message says
WRONG = [
    ("", 2, "Usage"),
    ("nonsense", 2, "No such command 'nonsense'"),
    ("search --archive {tmp}/nowhere x", 2, "newsdex index"),
    ("show --archive {tmp}/nowhere x", 2, "newsdex index"),
    ("stats --archive {tmp}/nowhere", 2, "newsdex index"),
    ("verify --archive {tmp}/nowhere", 2, "newsdex index"),
    ("repair --archive {tmp}/nowhere", 2, "newsdex index"),
    ("rollback --archive {tmp}/nowhere", 2, "newsdex index"),
    ("gc --archive {tmp}/nowhere", 2, "newsdex index"),
    ("ledger --archive {tmp}/nowhere", 2, "newsdex index"),
    ("backup --archive {tmp}/nowhere {tmp}/b.tar", 2, "newsdex index"),
    ("export --archive {tmp}/nowhere", 2, "newsdex index"),
    ("serve --archive {tmp}/nowhere", 2, "newsdex index"),
    ("serve --archive {a} --port 99999", 2, "--port"),
    ("serve --archive {a} --port 0 --host no.such.host.invalid", 2, "no.such.host.invalid:0"),
    ("serve --archive {a} --port 0 --host 192.0.2.1", 2, "192.0.2.1:0: Cannot assign requested address"),
    ("entities list --archive {tmp}/nowhere", 2, "newsdex index"),
    ("rebuild --archive {tmp}/nowhere", 2, "no sources"),
    ("index --archive {tmp}/nowhere", 2, "no sources"),
    ("index {a} --archive {a}", 2, "lies in the archive itself"),
    ("index {pile} --workers -1", 2, "--workers"),
    ("index {pile} --archive {pile}/harbour.jsonl", 1, "harbour.jsonl"),
    ("search --archive {a} --from yesterday", 2, "from=yesterday: not a date; write 2024, 2024-06 or 2024-06-24"),
    ("search --archive {a} --from 2024-02-30", 2, "from=2024-02-30: there is no such day"),
    ("search --archive {a} --to 0", 2, "to=0: not a date"),
    ("search --archive {a} --from 2024 --to 2023", 2, "from=2024 is after to=2023"),
    ("search --archive {a} --limit -1", 2, "--limit"),
    ("search --archive {a} --limit many", 2, "--limit"),
    ("search --archive {a} --interval week", 2, "week"),
    ("search --archive {a} --sort best", 2, "best"),
    ("search --archive {a} --cursor nonsense", 2, "cursor"),
    ("search --archive {a} --nonsense", 2, "--nonsense"),
    ("show nope --archive {a}", 2, "no article has the id 'nope'"),
    ("rollback --archive {a}", 1, "no generation before 1"),
    ("rollback --to 9 --archive {a}", 1, "generation 9 is not kept"),
    ("ledger --run nope --archive {a}", 2, "newsdex ledger --list"),
    ("entities show Nobody --archive {a}", 2, "no entity is called 'Nobody'"),
    ("entities match Anna", 2, "two names"),
    ("entities undo --archive {a}", 2, "correction"),
    ("backup {tmp}/no/b.tar --archive {a}", 2, "no such directory"),
    ("backup {pile}/harbour.jsonl --archive {a}", 2, "is there already"),
    ("restore {tmp}/nothing.tar --archive {tmp}/new", 2, "nothing.tar"),
    ("restore {pile}/harbour.jsonl --archive {tmp}/new", 2, "no backup of newsdex"),
    ("export --format whoosh --archive {a}", 2, "directory"),
    ("export --format xml --archive {a}", 2, "xml"),
    ("export {tmp}/no/all.jsonl --archive {a}", 1, "No such file or directory"),
    ("read {tmp}/nothing.txt", 6, ""),
]


@pytest.mark.parametrize(("line", "code", "message"), WRONG, ids=[row[0] for row in WRONG])
def test_errors_have_their_code_and_message(
    run: Run, small: Path, pile: Path, tmp_path: Path, line: str, code: int, message: str
) -> None:
    before = sorted(path for path in tmp_path.iterdir())
    ran = run(*line.format(a=small, pile=pile, tmp=tmp_path).split())
    assert ran.code == code, ran.err
    assert message in ran.err
    assert "Traceback" not in ran.err
    assert sorted(path for path in tmp_path.iterdir() if path.name != "new") == before, "nothing is made by mistake"


def test_a_source_that_is_not_there_is_rejected_and_not_remembered(run: Run, small: Path, tmp_path: Path) -> None:
    ran = run("index", tmp_path / "misspelt", "--archive", small)
    assert ran.code == 6
    assert "misspelt" in ran.err
    assert run("index", "--archive", small).code == 0


def test_an_archive_is_no_pile(run: Run, small: Path, pile: Path, tmp_path: Path) -> None:
    assert pile.parent == small.parent == tmp_path
    ran = run("index", tmp_path, "--archive", small, "--json")
    assert (ran.code, ran.json["read"], ran.json["rejected"]) == (0, 3, 0)
    beside = run("index", tmp_path, "--archive", tmp_path / "other", "--json")
    assert (beside.code, beside.json["added"]) == (0, 3)


ODD_NAMES = [b"bad \xff\xfe.jsonl", b"two\nlines.jsonl", b"\x1b[31mred.jsonl", "名前 — ü.jsonl".encode(), b"-n.jsonl"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_file_names(run: Run, tmp_path: Path, name: bytes) -> None:
    pile = tmp_path / "odd"
    pile.mkdir()
    record = {"id": "o1", "title": "Harbour opens", "body": "The harbour opens again.", "language": "en"}
    path = Path(os.fsdecode(os.path.join(os.fsencode(pile), name)))
    path.write_text(json.dumps(record) + "\n{broken\n", encoding="utf-8")
    archive = tmp_path / "archive"
    assert run("index", pile, "--archive", archive, "--json").json["added"] == 1
    assert run("index", pile, "--archive", archive, "--json").json["unchanged"] == 1
    for command in (("show", "o1"), ("ledger", "--run", "all"), ("search", "harbour"), ("ledger", "--rejected")):
        ran = run(*command, "--archive", archive)
        assert ran.code == 0, ran.err
        assert b"\x1b[31m" not in ran.out, "a file name must not speak to the terminal"
        assert run(*command, "--archive", archive, "--json").json
    assert run("read", path, "--json").code == 6


def test_lone_surrogates_go_in_and_out(run: Run, tmp_path: Path) -> None:
    row = '{"id": "s\\ud800", "title": "Half \\ud83d a smile", "body": "Rostock \\udc00 harbour", "language": "en"}\n'
    (tmp_path / "half.jsonl").write_text(row, encoding="utf-8")
    archive = tmp_path / "archive"
    assert run("index", tmp_path / "half.jsonl", "--archive", archive).code == 0
    hits = run("search", "harbour", "--archive", archive, "--json").json["hits"]
    assert len(hits) == 1
    assert run("search", "harbour", "--archive", archive).code == 0
    assert run("show", hits[0]["id"], "--archive", archive).code == 0
    exported = run("export", "--archive", archive)
    assert exported.code == 0
    (tmp_path / "again.jsonl").write_bytes(exported.out)
    again = run("index", tmp_path / "again.jsonl", "--archive", tmp_path / "second", "--json")
    assert (again.code, again.json["added"]) == (0, 1)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_that_lacks_the_letters(small: Path, tmp_path: Path, encoding: str) -> None:
    ran = process("search", "Порт", "--archive", small, cwd=tmp_path, more={"PYTHONIOENCODING": encoding})
    assert (ran.returncode, ran.stderr) == (0, b"")
    odd = process("search", b"\xff\xfe", "--archive", small, cwd=tmp_path, more={"PYTHONIOENCODING": encoding})
    assert odd.returncode == 0
    assert b"Traceback" not in odd.stderr


def test_a_hostile_title_does_not_speak_to_the_terminal(run: Run, tmp_path: Path) -> None:
    row = {"id": "t1", "title": "Red \x1b[2J\x9b31m alert", "body": "Rostock \x1b]0;owned\x07 harbour"}
    (tmp_path / "hostile.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    archive = tmp_path / "archive"
    assert run("index", tmp_path / "hostile.jsonl", "--archive", archive).code == 0
    for command in (("search", "harbour"), ("search", "harbour", "--kwic"), ("show", "t1")):
        shown = run(*command, "--archive", archive).out.decode()
        for escape in ("\x1b[2J", "\x9b", "\x1b]0", "\x07"):
            assert escape not in shown


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_rejected(run: Run, pile: Path, tmp_path: Path) -> None:
    (pile / "closed.jsonl").write_text("{}\n", encoding="utf-8")
    (pile / "closed.jsonl").chmod(0)
    ran = run("index", pile, "--archive", tmp_path / "archive", "--json")
    assert (ran.code, ran.json["rejected"]) == (6, 1)


@pytest.mark.parametrize("text", [b"web: [", b"\xff\xfe", b"- 1", b"sources: 3", b"index: {workers: {}}", b"a: b: c"])
def test_bad_settings_have_their_own_code(run: Run, small: Path, text: bytes) -> None:
    (small / "newsdex.yml").write_bytes(text)
    ran = run("search", "x", "--archive", small)
    assert ran.code == 3
    assert "newsdex.yml" in ran.err


def test_faulty_authority_files_have_that_code_too(run: Run, small: Path) -> None:
    (small / "authority" / "corrections.yml").write_text("- do: marry\n  entity: x\n", encoding="utf-8")
    ran = run("search", "x", "--archive", small)
    assert ran.code == 3
    assert "corrections.yml" in ran.err
