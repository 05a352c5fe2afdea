"""The search in a frame of another site, in a real browser."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from indexer.archive import Archive
from indexer.search import ArchiveSearch
from indexer.settings import EmbedSettings, ProxySettings, Settings, WebSettings
from tests.web.browsing import WIDE, opened
from web import create_app
from web.server import make_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def below_news(archive: Archive) -> Iterator[str]:
    """Address of the page below /news/, as behind a proxy."""
    web = WebSettings(proxy=ProxySettings(prefix="/news"), embed=EmbedSettings(hosts=("http://localhost:*",)))
    settings = Settings(web=web)
    server = make_server(create_app(ArchiveSearch(archive, settings), settings), "127.0.0.1", 0, settings)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/news"
    server.close()


@pytest.fixture
def intranet(tmp_path: object, below_news: str) -> Iterator[str]:
    """Another site, with the search on a page of its own."""
    (tmp_path / "page.html").write_text(  # type: ignore[operator]
        f'<!doctype html><title>Intranet</title><h1>Ours</h1><script src="{below_news}/embed.js" data-query="minister" '
        'data-ui="de" data-title="Presse"></script>'
    )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()


def test_the_frame_on_an_allowed_site(chromium: Browser, intranet: str) -> None:
    page = opened(chromium, intranet + "/page.html", WIDE)
    frame = page.frame_locator("iframe[title=Presse]")
    frame.locator(".hit").first.wait_for()
    assert frame.locator("#found strong").inner_text().endswith("Artikel")
    page.wait_for_function("() => document.querySelector('iframe').offsetHeight > 900")
    with page.context.expect_page() as opening:
        frame.locator(".headline a").first.click()
    article = opening.value
    assert "/news/article/" in article.url
    article.locator(".back").click()
    article.locator("input[name=language][value=de]").check()
    article.wait_for_url(re.compile(r"/news/\?.*language=de"))
    tall = page.locator("iframe").evaluate("e => e.offsetHeight")
    frame.locator("#q").fill("Xyzzy")
    frame.locator(".go").click()
    page.wait_for_function(f"() => document.querySelector('iframe').offsetHeight < {tall} - 300")
    page.evaluate("postMessage({newsdex: 'height', height: 5000}, '*')")
    page.wait_for_timeout(100)
    assert page.locator("iframe").evaluate("e => e.offsetHeight") < 2000
    faults: list[str] = page.faults  # type: ignore[attr-defined]
    assert [fault for fault in faults if "404" not in fault] == []  # the intranet has no favicon
    page.context.close()


def test_no_frame_on_any_other_site(chromium: Browser, intranet: str) -> None:
    page = opened(chromium, intranet.replace("localhost", "127.0.0.1") + "/page.html", WIDE)
    page.wait_for_timeout(500)
    assert page.frame_locator("iframe").locator(".hit").count() == 0
    page.context.close()
