"""The demo archive is what its README and gold table say, counted from the files themselves."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest

from tests.samples.archive import SAMPLES, Entry, found, gold, label, originals

SEVEN = ("de", "en", "ru", "be", "es", "pl", "zh")
TOP_TOPICS = {f"medtop:{number:02d}000000" for number in range(1, 18)}
ALL = gold()["articles"]
COPIES = [entry for entry in ALL if "copy_of" in entry]
every_article = pytest.mark.parametrize("entry", ALL, ids=label)


def test_every_file_is_in_the_gold_table_and_back() -> None:
    files = {str(p.relative_to(SAMPLES)) for d in SAMPLES.iterdir() if d.is_dir() for p in d.rglob("*") if p.is_file()}
    assert files == {entry["file"] for entry in ALL} | {entry["file"] for entry in gold()["broken"]}
    assert len({label(entry) for entry in ALL}) == len(ALL)


def test_every_record_of_a_file_is_in_the_gold_table() -> None:
    held = Counter(entry["file"] for entry in ALL if "member" in entry)
    for path in SAMPLES.glob("exports/*.jsonl"):
        assert held[f"exports/{path.name}"] == len(path.read_text("utf-8").splitlines())
    assert held["feeds/harbour-ledger.rss"] == (SAMPLES / "feeds/harbour-ledger.rss").read_text("utf-8").count("<item>")


def test_there_are_enough_articles_in_every_language() -> None:
    languages = Counter(entry["language"] for entry in originals())
    assert sum(languages.values()) >= 150
    assert {code: languages[code] for code in SEVEN if languages[code] < 16} == {}
    assert {code: languages[code] for code in ("uk", "fr") if not 2 <= languages[code] <= 3} == {}


def test_events_are_told_in_several_languages() -> None:
    told = defaultdict(set)
    for entry in originals():
        told[entry["event"]].add(entry["language"])
    assert sum(len(languages) >= 2 for languages in told.values()) >= 28
    assert sum(len(languages & set(SEVEN)) >= 5 for languages in told.values()) >= 10
    assert max(len(languages) for languages in told.values()) >= 7


def test_versions_of_an_event_agree_on_its_topic_and_are_close_in_time() -> None:
    versions = defaultdict(list)
    for entry in originals():
        versions[entry["event"]].append(entry)
    for event, entries in versions.items():
        days = [datetime.fromisoformat(entry["published"][:10]) for entry in entries]
        assert len({entry["category"] for entry in entries}) == 1, event
        assert (max(days) - min(days)).days <= 4, event


def test_all_seventeen_top_topics_are_covered() -> None:
    assert {entry["category"] for entry in originals()} == TOP_TOPICS


def test_dates_span_three_years_with_busy_months_and_gaps() -> None:
    months = Counter(entry["published"][:7] for entry in originals())
    assert {month[:4] for month in months} == {"2022", "2023", "2024"}
    assert min(Counter(month[:4] for month in months.elements()).values()) >= 40
    assert max(months.values()) >= 10
    assert len(months) < 36
    assert {entry["precision"] for entry in originals()} == {"minute", "day"}


@every_article
def test_the_file_says_what_the_gold_says(entry: Entry) -> None:
    seen = found(entry)
    assert (seen["title"], seen["section"], len(seen["body"])) == (
        entry["title"],
        entry["section"],
        entry["paragraphs"],
    )
    assert seen.get("language", entry["language"]) == entry["language"]
    assert _wall_clock(seen["published"], entry) == entry["published"] + entry.get("zone", "")
    assert ("T" in entry["published"]) == (entry["precision"] == "minute")


def _wall_clock(written: str, entry: Entry) -> str:
    if entry["file"].startswith("mera/"):
        day = datetime.fromisoformat(entry["published"])
        assert {str(day.year), str(day.day), f"{day:%H:%M}"} <= set(re.findall(r"\d+:\d+|\d+", written))
        return str(entry["published"])
    if entry["file"].startswith("feeds/"):
        return parsedate_to_datetime(written).isoformat(timespec="minutes")
    return written


@every_article
def test_bodies_have_a_newspaper_length(entry: Entry) -> None:
    body = found(entry)["body"]
    assert 3 <= len(body) <= 8
    if entry["language"] in ("zh", "ja"):
        assert 200 <= len("".join(body)) <= 450
    elif "copy_of" not in entry:
        assert 90 <= len(" ".join(body).split()) <= 300
    assert len(set(body)) == len(body)


@pytest.mark.parametrize("language", SEVEN)
def test_an_edition_of_the_agency_has_constant_chrome(language: str) -> None:
    pages = [found(entry) for entry in ALL if entry["file"].startswith(f"mera/{language}/")]
    assert len(pages) >= 10
    assert len({page["crawled"] for page in pages}) == 1
    assert "2025" in pages[0]["crawled"]
    assert len({tuple(page["footer"][:4]) for page in pages}) == 1
    assert len({tuple(page["footer"][4:]) for page in pages}) > 1


def _names(kind: str) -> dict[str, dict[str, str]]:
    """A table of the README: key → language → the name's spelling."""
    table = (SAMPLES / "README.md").read_text("utf-8").split(f"\n## {kind}\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| `")
    ]
    return {row[0].strip("`"): dict(zip(SEVEN, row[2:], strict=True)) for row in rows}


def test_the_cast_is_wide_and_every_member_appears() -> None:
    persons, organisations = _names("Cast"), _names("Organisations")
    assert len(persons) >= 25
    assert len(organisations) >= 12
    assert {key for entry in ALL for key in entry["persons"]} == set(persons)
    assert {key for entry in ALL for key in entry["organisations"]} == set(organisations)


@every_article
def test_named_persons_stand_in_the_text_in_the_language_s_own_spelling(entry: Entry) -> None:
    text, cast = " ".join([entry["title"], *found(entry)["body"]]), _names("Cast")
    if entry["language"] not in SEVEN:
        return
    for key, spelt in cast.items():
        name = spelt[entry["language"]]
        parts = re.split(r"[ ·]", name, maxsplit=1)
        family = name if key in ("shen", "lin", "zhou") else parts[1]
        stem = family if entry["language"] in ("de", "en", "es", "zh") else family[: max(4, len(family) - 2)]
        assert (stem in text or family.split()[0] in text.split()) == (key in entry["persons"]), key


def test_the_archive_shows_every_person_in_several_articles() -> None:
    named = Counter(key for entry in originals() for key in entry["persons"])
    assert min(named.values()) >= 3
    assert max(named.values()) >= 15


def test_there_are_five_wire_copies() -> None:
    assert len(COPIES) == 5
    assert len({entry["language"] for entry in COPIES}) == 5


@pytest.mark.parametrize("copy", COPIES, ids=label)
def test_a_wire_copy_is_another_house_s_near_duplicate(copy: Entry) -> None:
    origin = next(entry for entry in ALL if entry["file"] == copy["copy_of"])
    ours, theirs = _shingles(copy), _shingles(origin)
    assert (copy["language"], copy["event"]) == (origin["language"], origin["event"])
    assert copy["source"] != origin["source"]
    assert copy["paragraphs"] == origin["paragraphs"] - 1
    assert 0.8 <= len(ours & theirs) / len(ours) < 1


def _shingles(entry: Entry) -> set[tuple[str, ...]]:
    words = re.findall(r"[一-鿿]|\w+", " ".join(found(entry)["body"]))
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def test_a_feed_item_that_repeats_a_page_has_its_address_and_text() -> None:
    repeats = [entry for entry in ALL if "same_as" in entry]
    assert len(repeats) == 5
    for entry in repeats:
        page = next(other for other in ALL if other["file"] == entry["same_as"])
        assert found(page)["url"] == found(entry)["url"]
        assert found(page)["body"] == found(entry)["body"]


def test_the_broken_files_are_broken() -> None:
    contents = {entry["file"]: (SAMPLES / entry["file"]).read_bytes() for entry in gold()["broken"]}
    assert len(contents) == 2
    for name, raw in contents.items():
        if name.endswith(".jsonl"):
            with pytest.raises(json.JSONDecodeError):
                json.loads(raw)
        else:
            assert b"\x00" in raw
            with pytest.raises(UnicodeDecodeError):
                raw.decode("utf-8")
