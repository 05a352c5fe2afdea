"""An archive that grew by updates is the archive that is built at once: the same entities, stories, learned topics."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.archive import Archive
from indexer.engines import engine
from indexer.knowing import KNOWN, load_stories, mentions_of, stored_records
from indexer.knowledge.authority import Authority
from indexer.pipeline import correct, update
from indexer.pipeline.held import Held
from indexer.settings import IndexSettings, Settings

NAMES = {
    "de": ["Sergej Lawrow", "Lawrow", "Angela Brandt", "Peter Müller", "Peter Mueller", "Hafenwerk Rostock"],
    "en": ["Sergei Lavrov", "Angela Brandt", "Peter Miller", "Tamara Lavrova", "Lavrov"],
    "ru": ["Сергей Лавров", "Ангела Брандт", "Тамара Лаврова", "Пётр Миллер", "Лавров"],
    "pl": ["Siergiej Ławrow", "Angela Brandt", "Tamara Ławrowa"],
    "zh": ["谢尔盖·拉夫罗夫", "安格拉·勃兰特"],
}
SENTENCES = {
    "de": "{0} sagte am Montag in Minsk, dass {1} und die Reederei 4{2} Schiffe und 17{2} Waggons kaufen werden.",
    "en": "{0} said in Minsk on Monday that {1} and the shipping line will buy 4{2} ships and 17{2} wagons.",
    "ru": "{0} заявил в Минске в понедельник, что {1} и пароходство купят 4{2} судов и 17{2} вагонов.",
    "pl": "{0} powiedział w poniedziałek w Mińsku, że {1} i armator kupią 4{2} statków i 17{2} wagonów.",
    "zh": "{0}星期一在明斯克说，{1}和航运公司将购买4{2}艘船和17{2}节车厢。",
}
SECTIONS = [None, "medtop:11000000", "medtop:15000000"]


@st.composite
def articles(draw: st.DrawFn) -> dict[str, Any]:
    language = draw(st.sampled_from(sorted(NAMES)))
    one, two = draw(st.sampled_from(NAMES[language])), draw(st.sampled_from(NAMES[language]))
    number = draw(st.integers(0, 3))
    return {
        "id": f"a{draw(st.integers(0, 11))}",
        "title": SENTENCES[language].format(two, one, number),
        "body": (SENTENCES[language].format(one, two, number) + " ") * 3 + f"Das war Nummer {number}.",
        "language": language,
        "published": f"2024-06-{1 + number:02d}",
        "source": draw(st.sampled_from(["Hafenkurier", "Mera"])),
        "category": draw(st.sampled_from(SECTIONS)),
    }


files = st.dictionaries(st.sampled_from(["one", "two", "three"]), st.lists(articles(), max_size=5), max_size=3)


def write(pile: Path, given_: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in given_.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (pile / f"{name}.jsonl").write_text(text or "\n", encoding="utf-8")


def records(archive: Archive) -> Iterator[dict[str, Any]]:
    generation = archive.current()
    for some in stored_records(engine(generation.manifest["engine"]).open(generation.index)):
        yield from some


def meanings(archive: Archive) -> set[frozenset[tuple[str, str, int]]]:
    """What means one entity: the (article, field, offset) of its mentions, whatever its id."""
    groups = defaultdict(set)
    for record in records(archive):
        mentions = mentions_of(record)
        for entity_id, numbers in record["entities"]:
            groups[entity_id] |= {(record["article"]["id"], mentions[n].field, mentions[n].start) for n in numbers}
    return {frozenset(group) for group in groups.values()}


def held(archive: Archive) -> Held:
    found = Held.load(archive.current().path / KNOWN, Settings())
    assert found is not None
    return found


def learned(archive: Archive) -> dict[tuple[str, str], Any]:
    """(language, topic) → articles, and how often each word was seen in them."""
    guess = held(archive).guess
    assert guess is not None
    rows = {}
    for language, model in guess._models.items():
        for i, code in enumerate(model.codes):
            if model.articles[i]:
                seen = np.flatnonzero(model.counts[:, i])
                words = dict(zip(model.words[seen].tolist(), model.counts[seen, i].tolist(), strict=True))
                rows[language, code] = (int(model.articles[i]), words)
    return rows


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(files, min_size=2, max_size=4))
def test_an_updated_archive_is_a_rebuilt_one(runs: list[dict[str, list[dict[str, Any]]]]) -> None:
    with tempfile.TemporaryDirectory() as made:
        pile, grown, whole = Path(made) / "pile", Archive(Path(made) / "grown"), Archive(Path(made) / "whole")
        pile.mkdir()
        write(pile, {"zero": [{"id": "z", "title": "T", "body": "Nichts.", "language": "de"}]})
        for given_ in runs:
            write(pile, given_)
            update(grown, [pile], Settings(), workers=1)
        articles_grown = {record["article"]["id"]: record["article"] for record in records(grown)}
        # which of two files an article is taken from depends on the order of reading: what both hold is one input
        one = Path(made) / "all.jsonl"
        one.write_text("".join(json.dumps(article) + "\n" for article in articles_grown.values()))
        update(whole, [one], Settings(), workers=1)
        assert meanings(grown) == meanings(whole)
        assert load_stories(grown.current().path) == load_stories(whole.current().path)
        assert learned(grown) == learned(whole)
        for record in records(grown):
            stories = load_stories(grown.current().path)
            told = [story for story, rows in stories.items() if record["article"]["id"] in [row[0] for row in rows]]
            assert [record["story"]] == (told or [None])


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    pile = tmp_path / "pile"
    pile.mkdir()
    rows = []
    for i, (language, names) in enumerate(NAMES.items()):
        for j, name in enumerate(names):
            body = SENTENCES[language].format(name, names[0], j)
            rows.append({"id": f"{i}.{j}", "title": body, "body": body * 3, "language": language})
    write(pile, {"all": rows})
    made = Archive(tmp_path / "archive")
    update(made, [pile], Settings(), workers=1)
    return made


def add_one(archive: Archive, tmp_path: Path, settings_: Settings | None = None) -> int:
    """Articles whose record was written by an update with one more article."""
    write(tmp_path, {"more": [{"id": "more", "title": "Neues", "body": "Heute kam nichts.", "language": "de"}]})
    report = update(archive, [tmp_path / "more.jsonl"], settings_ or Settings(), workers=1)
    return report.counts["added"] + report.counts.get("renamed", 0)


def test_an_update_reads_no_article_that_stays(archive: Archive, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("indexer.pipeline.run.stored_records", lambda *_: pytest.fail("all articles are read"))
    assert add_one(archive, tmp_path) == 1


@pytest.mark.parametrize("harm", ["gone", "cut", "other"])
def test_what_is_held_is_made_anew_when_it_cannot_be_used(archive: Archive, tmp_path: Path, harm: str) -> None:
    before, path = meanings(archive), archive.current().path / KNOWN
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:-100] + b"\0" * 100)
    else:
        path.write_bytes(b"PK no archive" + path.read_bytes()[13:])
    manifest = path.parent / "MANIFEST.json"
    rows = json.loads(manifest.read_bytes())
    if harm == "gone":
        del rows["files"][KNOWN]  # as a generation of an earlier version has it
    manifest.write_text(json.dumps(rows))
    assert add_one(archive, tmp_path) == 1
    assert meanings(archive) == before
    assert len(held(archive).register) == sum(1 for _ in records(archive))


def test_another_threshold_changes_what_stays(archive: Archive, tmp_path: Path) -> None:
    assert meanings(archive)
    assert add_one(archive, tmp_path, Settings(index=IndexSettings(confidence=1.0))) > 1
    named = [record for record in records(archive) for entity_id, _ in record["entities"] if "person" in entity_id]
    assert named == []


def test_a_correction_touches_only_the_articles_that_it_concerns(archive: Archive) -> None:
    authority = Authority.load(archive.authority_path)
    authority.add("suppress", "person:sergei-lavrov")
    authority.save(archive.authority_path)
    named = sum("person:sergei-lavrov" in dict(record["entities"]) for record in records(archive))
    assert correct(archive, Settings()).counts["renamed"] == named > 3
    assert not any("person:sergei-lavrov" in dict(record["entities"]) for record in records(archive))
    authority.undo()
    authority.save(archive.authority_path)
    assert correct(archive, Settings()).counts["renamed"] == named
