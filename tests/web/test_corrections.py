"""Corrections of entities from the page: merge, rename, split, hide, undo; and who may make them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.knowledge.authority import Authority
from indexer.pipeline import update
from indexer.search import ArchiveSearch
from indexer.settings import Settings, WebSettings
from tests.web.test_results import page
from web import create_app

TEXTS = (
    ("Harbour talks", "Minister Anna Bergmann met the mayor of Hamburg. Anna Bergmann spoke for an hour."),
    ("More talks", "Minister Anna Bergmann returned to Hamburg on Monday, said Peter Olsen, her spokesman."),
    ("Talks end", "President Ludwig Hartwein praised the talks in Hamburg. Ludwig Hartwein left at noon."),
)
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    lines = [
        json.dumps({"id": f"t{n}", "title": title, "body": body, "language": "en", "published": f"2024-0{n}-01"})
        for n, (title, body) in enumerate(TEXTS, 1)
    ]
    (tmp_path / "talks.jsonl").write_text("\n".join(lines), encoding="utf-8")
    made = Archive(tmp_path / "archive")
    update(made, [str(tmp_path / "talks.jsonl")], Settings())
    return made


@pytest.fixture
def desk(archive: Archive) -> FlaskClient:
    settings = Settings(web=WebSettings(librarians=True))
    return create_app(ArchiveSearch(archive, settings, ahead=True), settings).test_client()  # as `newsdex serve`


def people(client: FlaskClient) -> dict[str, int]:
    facets = client.get("/api/v1/search?facet_limit=0").get_json()["facets"]
    return {value["value"]: value["count"] for value in facets["entity"] if value["type"] == "person"}


def label(client: FlaskClient, entity: str) -> str:
    return str(page(client, f"/entity/{entity}").cssselect("h1.title")[0].text_content())


def test_merge_and_undo(desk: FlaskClient) -> None:
    before = people(desk)
    assert {"person:anna-bergmann", "person:ludwig-hartwein"} <= set(before)
    address = "/entity/person:ludwig-hartwein/correct"
    answer = desk.post(address, data={"do": "merge", "into": "Anna Bergmann"}, headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entity/person:anna-bergmann")
    after = people(desk)
    assert "person:ludwig-hartwein" not in after
    assert after["person:anna-bergmann"] == 3
    tree = page(desk, "/entity/person:anna-bergmann")
    noted = tree.cssselect(".desk .noted")
    assert len(noted) == 1
    number = noted[0].cssselect("input[name=number]")[0].get("value")
    # the merged one's address still leads somewhere
    assert label(desk, "person:ludwig-hartwein") == label(desk, "person:anna-bergmann")
    desk.post("/entity/person:anna-bergmann/correct", data={"do": "undo", "number": number}, headers=OURS)
    assert people(desk) == before


def test_rename_split_and_hide(desk: FlaskClient, archive: Archive) -> None:
    address = "/entity/person:anna-bergmann/correct"
    desk.post(address, data={"do": "rename", "label": "  A. <Bergmann> "}, headers=OURS)
    assert label(desk, "person:anna-bergmann") == "A. <Bergmann>"
    desk.post(address, data={"do": "split", "form": ["Anna Bergmann"]}, headers=OURS)
    rows = Authority.load(archive.authority_path).corrections
    assert [(row.do, dict(row.values)) for row in rows[1:]] == [("split", {"forms": ["Anna Bergmann"]})]
    desk.post(address, data={"do": "undo", "number": str(rows[-1].id)}, headers=OURS)
    answer = desk.post(address, data={"do": "suppress"}, headers=OURS)
    assert answer.status_code == 303
    assert "person:anna-bergmann" not in people(desk)


@pytest.mark.parametrize(
    "data",
    [{}, {"do": "burn"}, {"do": "merge", "into": "Nobody At All"}, {"do": "merge", "into": ""}, {"do": "rename"},
     {"do": "merge", "into": "person:anna-bergmann"}, {"do": "split"}, {"do": "undo", "number": "9"}],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_changes_nothing(
    desk: FlaskClient, archive: Archive, data: dict[str, str]
) -> None:
    before = archive.current().number
    answer = desk.post("/entity/person:anna-bergmann/correct", data=data, headers=OURS)
    assert answer.status_code == 400
    assert archive.current().number == before
    assert not list(archive.authority_path.glob("*.yml"))


def test_another_site_cannot_make_corrections(desk: FlaskClient) -> None:
    before = people(desk)
    address = "/entity/person:anna-bergmann/correct"
    strangers = ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://x.example"})
    for headers in strangers:
        assert desk.post(address, data={"do": "suppress"}, headers=headers).status_code == 403
    assert people(desk) == before
    assert desk.post(address, data={"do": "suppress"}, headers={"Origin": "http://localhost"}).status_code == 303


def test_the_desk_is_shut_unless_the_settings_open_it(archive: Archive) -> None:
    client = create_app(ArchiveSearch(archive), Settings()).test_client()
    assert not page(client, "/entity/person:anna-bergmann").cssselect(".desk")
    answer = client.post("/entity/person:anna-bergmann/correct", data={"do": "suppress"}, headers=OURS)
    assert answer.status_code == 404


def test_while_another_run_writes_it_says_so(desk: FlaskClient, archive: Archive) -> None:
    with archive.lock():
        answer = desk.post("/entity/person:anna-bergmann/correct", data={"do": "suppress"}, headers=OURS)
    assert answer.status_code == 409
    assert "person:anna-bergmann" in people(desk)
