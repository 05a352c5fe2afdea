"""Headers, tags, frames, proxies: what keeps the page safe, fast, and below any path."""

from __future__ import annotations

import http.client
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.errors import ConfigurationError, DamagedArchiveError
from indexer.archive import Archive
from indexer.search import ArchiveSearch
from indexer.settings import EmbedSettings, LogoSettings, ProxySettings, Settings, WebSettings
from tests.web.fake import FakeSearch
from web import create_app
from web.colours import contrast
from web.server import make_server

PAGES = ("/", "/article/ar-1", "/facet/source", "/help", "/nope", "/api/v1/search", "/feed.atom", "/static/newsdex.css")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_but_embed_can_be_framed(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_embed_can_be_framed_by_the_allowed_hosts_alone(client: FlaskClient) -> None:
    headers = client.get("/embed").headers
    assert "frame-ancestors https://intranet.example *.office.example" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


def test_embed_without_allowed_hosts_is_closed(search: FakeSearch) -> None:
    headers = create_app(search, Settings()).test_client().get("/embed").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["https://a.example/path", "javascript:alert(1)", "a b", "https://x; img-src *", ""])
def test_an_allowed_host_must_be_one(search: FakeSearch, host: str) -> None:
    with pytest.raises(ConfigurationError, match=r"web\.embed\.hosts"):
        create_app(search, Settings(web=WebSettings(embed=EmbedSettings(hosts=(host,)))))


def test_a_page_is_sent_once_for_each_generation(client: FlaskClient, search: FakeSearch) -> None:
    first = client.get("/?q=Berlin")
    tag = first.headers["ETag"]
    before = len(search.searched)
    again = client.get("/?q=Berlin", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert len(search.searched) == before
    assert client.get("/?q=Paris", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/?q=Berlin", headers={"If-None-Match": tag, "Accept-Language": "de"}).status_code == 200
    search.generation = 2
    assert client.get("/?q=Berlin", headers={"If-None-Match": tag}).status_code == 200


def proxied(search: FakeSearch, **proxy: object) -> FlaskClient:
    return create_app(search, Settings(web=WebSettings(proxy=ProxySettings(**proxy)))).test_client()  # type: ignore[arg-type]


def test_a_trusted_proxy_gives_prefix_scheme_and_host(search: FakeSearch) -> None:
    client = proxied(search, trusted=("127.0.0.0/8",))
    headers = {"X-Forwarded-Prefix": "/news", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "intranet.example"}
    text = client.get("/?q=Berlin", headers=headers).get_data(as_text=True)
    assert 'href="/news/static/newsdex.css' in text
    assert 'action="/news/"' in text
    assert "https://intranet.example/news/" in text
    for link in ('href="/?', 'href="/article', 'href="/facet', 'href="/export'):
        assert link not in text


def test_the_server_hands_the_proxys_headers_through(search: FakeSearch) -> None:
    settings = Settings(web=WebSettings(proxy=ProxySettings(trusted=("127.0.0.1",))))
    server = make_server(create_app(search, settings), "127.0.0.1", 0, settings)
    threading.Thread(target=server.run, daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.1", server.effective_port)
    connection.request("GET", "/help", headers={"X-Forwarded-Prefix": "/news", "X-Forwarded-Proto": "https"})
    text = connection.getresponse().read().decode()
    server.close()
    assert 'href="/news/static/newsdex.css' in text
    assert 'href="/news/?q=' in text


def test_nobody_else_is_believed(search: FakeSearch) -> None:
    headers = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example"}
    for client in (proxied(search), proxied(search, trusted=("10.0.0.5",))):
        text = client.get("/", headers=headers).get_data(as_text=True)
        assert "evil" not in text


@pytest.mark.parametrize("prefix", ["//evil.example", "/a\"><script>", "/a b", "news", "/%2e%2e"])
def test_a_prefix_that_is_no_path_is_not_believed(search: FakeSearch, prefix: str) -> None:
    client = proxied(search, trusted=("127.0.0.1",))
    text = client.get("/", headers={"X-Forwarded-Prefix": prefix}).get_data(as_text=True)
    assert 'action="/"' in text


@pytest.mark.parametrize("path", ["/news/", "/", "/news/article/ar-1", "/article/ar-1"])
def test_a_fixed_prefix_works_whether_or_not_the_proxy_takes_it_off(search: FakeSearch, path: str) -> None:
    answer = proxied(search, prefix="/news").get(path)
    assert answer.status_code == 200
    assert 'href="/news/static/newsdex.css' in answer.get_data(as_text=True)


def test_bad_proxy_settings_are_told(search: FakeSearch) -> None:
    for proxy, name in (({"trusted": ("everybody",)}, "trusted"), ({"prefix": "https://x"}, "prefix")):
        with pytest.raises(ConfigurationError, match=rf"web\.proxy\.{name}"):
            proxied(search, **proxy)


def test_colours_of_the_settings(client: FlaskClient) -> None:
    sheet = client.get("/theme.css").get_data(as_text=True)
    assert "@media not (prefers-color-scheme:dark){:root{--accent:#205080}}" in sheet
    assert "@media (prefers-color-scheme:dark){:root{--accent:#9fc0ff}}" in sheet
    assert "display" not in sheet
    light = client.get("/theme.css?scheme=light").get_data(as_text=True)
    assert light.startswith(":root{color-scheme:light;--paper:#fbf9f4;")
    assert "--accent:#205080" in light
    assert "@media" not in light
    assert client.get("/theme.css?scheme=pink").get_data(as_text=True) == sheet
    frame = client.get("/embed?scheme=dark&q=Berlin").get_data(as_text=True)
    assert "/theme.css?scheme=dark" in frame
    assert 'name="color-scheme" content="dark"' in frame
    assert '<input type="hidden" name="scheme" value="dark">' in frame


def test_colours_that_cannot_be_read_are_told(search: FakeSearch, caplog: pytest.LogCaptureFixture) -> None:
    pale = {"soft": "#bbb", "dark_paper": "#e8e8e8", "bar": "rgb(1 2 3)", "button": "#1d4f7a", "unknown": "#fff"}
    create_app(search, Settings(web=WebSettings(colours=pale)))
    told = [record.getMessage().partition(" has ")[0] for record in caplog.records]
    assert told[0] == "web.colours: soft #bbb on paper #fbf9f4"
    assert told[1] == "web.colours: ink #ece6da on paper #e8e8e8"
    assert all("#e8e8e8" in fault for fault in told[1:])
    assert contrast("#000", "#ffffff") == 21
    assert round(contrast("#767676", "#fff") or 0, 2) == 4.54
    assert contrast("red", "#fff") is None
    caplog.clear()
    create_app(search, Settings(web=WebSettings(colours=dict.fromkeys(("person", "place", "s1"), "#777"))))
    assert not caplog.records


def test_the_logo_of_the_settings(search: FakeSearch, tmp_path: Path) -> None:
    light, dark = tmp_path / "logo.svg", tmp_path / "dark.PNG"
    light.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    dark.write_bytes(b"\x89PNG")
    logo = LogoSettings(str(light), str(dark), 'Haus "Süd"')
    client = create_app(search, Settings(web=WebSettings(logo=logo))).test_client()
    head = client.get("/help?ui=pl").get_data(as_text=True)
    assert '<img class="logo" src="/logo" alt="Haus &#34;Süd&#34;">' in head
    assert '<source srcset="/logo?scheme=dark" media="(prefers-color-scheme: dark)">' in head
    given = [client.get(address) for address in ("/logo", "/logo?scheme=dark", "/logo?scheme=x")]
    assert [answer.mimetype for answer in given] == ["image/svg+xml", "image/png", "image/svg+xml"]
    assert all("script-src 'self'" in answer.headers["Content-Security-Policy"] for answer in given)
    bare = create_app(search, Settings()).test_client()
    assert bare.get("/logo").status_code == 404
    assert "<img" not in bare.get("/help").get_data(as_text=True)
    (tmp_path / "big.png").write_bytes(bytes(500_001))
    for bad, told in (("gone.svg", "cannot read"), ("logo.exe", "is no .svg"), ("big.png", "more than 500 kB")):
        with pytest.raises(ConfigurationError, match=rf"web\.logo\.file: .*{told}"):
            create_app(search, Settings(web=WebSettings(logo=LogoSettings(str(tmp_path / bad)))))
    with pytest.raises(ConfigurationError, match=r"web\.logo\.dark"):
        create_app(search, Settings(web=WebSettings(logo=LogoSettings(dark=str(dark)))))


class Broken(FakeSearch):
    """An archive that cannot be read."""

    def search(self, request: object) -> object:  # type: ignore[override]
        raise DamagedArchiveError("/srv/secret/segment-3: cut short; run `newsdex repair`")


class Faulty(FakeSearch):
    def search(self, request: object) -> object:  # type: ignore[override]
        raise ZeroDivisionError("secret")


@pytest.mark.parametrize(("kind", "status"), [(Broken, 503), (Faulty, 500)])
def test_a_fault_shows_a_page_and_no_traceback(settings: Settings, kind: type[FakeSearch], status: int) -> None:
    client = create_app(kind([], {}), settings).test_client()
    for address in ("/", "/api/v1/search"):
        answer = client.get(address)
        text = answer.get_data(as_text=True)
        assert answer.status_code == status
        assert "secret" not in text
        assert "Traceback" not in text
    assert answer.get_json()["error"]["status"] == status


def test_an_archive_that_is_being_built_says_so(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    client = create_app(ArchiveSearch(archive, Settings()), Settings()).test_client()
    with archive.lock(create=True):
        answer = client.get("/?ui=de")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert "wird gerade aufgebaut" in answer.get_data(as_text=True)
        assert client.get("/api/v1/search").get_json()["error"]["code"] == "building"
    for said in ("", "process 999999999", "somebody"):
        (tmp_path / ".lock").write_text(said)
        answer = client.get("/")
        assert "newsdex index PATH" in answer.get_data(as_text=True)
        assert "Retry-After" not in answer.headers


def test_the_page_in_other_titles_needs_no_change(search: FakeSearch, settings: Settings) -> None:
    odd = replace(settings, web=replace(settings.web, title="<b>Дом & Co</b>"))
    text = create_app(search, odd).test_client().get("/").get_data(as_text=True)
    assert "<b>Дом" not in text
    assert "&lt;b&gt;Дом &amp; Co" in text
