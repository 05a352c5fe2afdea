"""A page over a small search side, made anew for each test."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.pipeline import update
from indexer.search import ArchiveSearch
from indexer.settings import EmbedSettings, Settings, WebSettings
from tests.web.browsing import NARROW, WIDE, opened
from tests.web.fake import FakeSearch
from web import create_app
from web.server import make_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "exports"
TOPICS = {
    "medtop:04000000": ("economy, business and finance", None),
    "medtop:20000209": ("economic sector", "medtop:04000000"),
    "medtop:11000000": ("politics and government", None),
    "medtop:15000000": ("sport", None),
}
NAMES = [
    ("place:berlin", "Berlin", "place"), ("place:paris", "Paris", "place"), ("place:minsk", "Мінск", "place"),
    ("place:wuhan", "武汉", "place"), ("organisation:eu", "EU", "organisation"),
    ("organisation:nordlicht", "北光船厂", "organisation"), ("person:zhou", "周子航", "person"),
    ("person:hollerbach", "延斯·霍勒巴赫", "person"), ("person:levin", "Левин", "person"),
]  # fmt: skip


def articles() -> list[dict[str, Any]]:
    """The samples' JSON Lines, and articles that try the page: markup, Arabic, no date, no body, a strange id."""
    lines = [line for path in sorted(SAMPLES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    given = [json.loads(line) for line in lines]
    given += [
        {
            "id": "a/b c?d=ü#1", "title": "<script>alert(1)</script> & \"quotes\"", "language": "en",
            "body": "Berlin <b>bold</b> & <img src=x onerror=alert(1)>\n\nA second paragraph on Berlin.",
            "published": "2024-06-24T16:28", "source": "<i>Wire</i>", "section": "A&B", "authors": ["O'Hara, \"Jo\""],
            "url": "javascript:alert(1)",
        },
        {
            "id": "ar-1", "title": "محادثات في برلين حول الطاقة", "language": "ar", "published": "2024-06-25",
            "body": "عقد الوزراء محادثات في مدينة برلين حول أمن الطاقة في المنطقة.", "source": "وكالة المرفأ",
        },
        {"id": "undated", "title": "Ohne Datum", "language": "de", "body": "Berlin im Nebel.", "published": None},
        {"id": "title-only", "title": "Nur ein Titel", "language": "de", "body": "", "published": "2023"},
        {"id": "=1+1", "title": "=HYPERLINK(\"x\")", "language": "en", "body": "Paris.", "published": "2022-01"},
    ]  # fmt: skip
    codes = list(TOPICS)
    for number, article in enumerate(given):
        article.setdefault("id", f"sample-{number}")
        text = article["title"] + article["body"]
        article["entities"] = [name for name in NAMES if name[1] in text]
        article["category"] = codes[number % 5] if number % 5 < 4 else None
    return given


@pytest.fixture
def search() -> FakeSearch:
    return FakeSearch(articles(), TOPICS)


@pytest.fixture
def settings() -> Settings:
    return Settings(
        web=WebSettings(
            title="The Attic Archive",
            embed=EmbedSettings(hosts=("https://intranet.example", "*.office.example")),
            colours={"accent": "#205080", "dark_accent": "#9fc0ff", "paper": "red;} body{display:none"},
        )
    )


@pytest.fixture
def app(search: FakeSearch, settings: Settings) -> Flask:
    return create_app(search, settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The demo archive, built once."""
    made = Archive(tmp_path_factory.mktemp("archive"))
    update(made, [str(SAMPLES.parent)], Settings())
    return made


@pytest.fixture(scope="session")
def real_app(archive: Archive) -> Flask:
    """The page over the demo archive, as `newsdex serve` makes it."""
    settings = Settings(web=WebSettings(librarians=True, embed=EmbedSettings(hosts=("http://localhost:*",))))
    return create_app(ArchiveSearch(archive, settings), settings)


@pytest.fixture(scope="session")
def real_client(real_app: Flask) -> FlaskClient:
    return real_app.test_client()


@pytest.fixture(scope="session")
def site(real_app: Flask) -> Iterator[str]:
    """Address of the page over the demo archive, served as in earnest."""
    server = make_server(real_app, "127.0.0.1", 0, Settings())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def wide(chromium: Browser, site: str) -> Iterator[Page]:
    page = opened(chromium, site + "/?q=minister", WIDE)
    yield page
    assert page.faults == []  # type: ignore[attr-defined]
    page.context.close()


@pytest.fixture
def narrow(chromium: Browser, site: str) -> Iterator[Page]:
    page = opened(chromium, site + "/?q=minister", NARROW, has_touch=True, is_mobile=True)
    yield page
    assert page.faults == []  # type: ignore[attr-defined]
    page.context.close()


@pytest.fixture(scope="session")
def an_article(real_client: FlaskClient) -> str:
    """The address of an article with matches, names, and lines that were left out."""
    hits = real_client.get("/api/v1/search?q=minister&source=MERA&language=pl").get_json()["hits"]
    return f"/article/{hits[0]['id']}?q=minister&pos=1"
