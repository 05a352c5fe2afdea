"""Hostile articles and hostile addresses: everything escaped, directions kept apart, every address answered."""

from __future__ import annotations

import random
from typing import Any

import lxml.html
import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.pipeline import update
from indexer.request import SearchRequest
from indexer.search import ArchiveSearch
from indexer.settings import Settings
from tests.web.fake import FakeSearch
from web import create_app

OVERRIDE = "\u202eevil\u202c \u2067rtl\u2066"
MARKUP = "</a></title><script>alert(1)</script><svg onload=alert(2)>\"'`{{7*7}}&amp;"


def hostile() -> dict[str, Any]:
    text = f"Berlin {MARKUP} {OVERRIDE}"
    return {
        "id": f"x{MARKUP}", "title": text, "body": f"{text}\n\n{text}", "language": "en", "published": "2024-06-24",
        "source": text, "section": text, "authors": [text], "url": "data:text/html,<script>alert(1)</script>",
        "entities": [(f"person:{MARKUP}", text, "person")], "category": None,
    }  # fmt: skip


@pytest.fixture
def bad(settings: Settings) -> FlaskClient:
    return create_app(FakeSearch([hostile()], {}), settings).test_client()


def test_an_article_of_markup_and_overrides_stays_text(bad: FlaskClient) -> None:
    first = lxml.html.document_fromstring(bad.get("/?q=Berlin").get_data(as_text=True))
    article = first.cssselect(".headline a")[0].get("href")
    addresses = (
        "/?q=Berlin", "/?q=Berlin&view=kwic", "/?view=compact&stack=language", article, article + "&part=1",
        "/facet/entity", "/facet/author?order=label", "/embed", "/?q=%3Cscript%3E%22%27", "/?source=%3Cb%3E",
        "/?compare=%3Csvg+onload%3D1%3E&q=Berlin", "/?from=%3Cscript%3E", "/feed.atom", "/%3Cscript%3E",
    )  # fmt: skip
    for address in addresses:
        text = bad.get(address).get_data(as_text=True)
        assert "<script>alert" not in text, address
        assert "<svg onload" not in text, address
        assert "7*7" not in text or "{{7*7}}" in text
        if "atom" in address:
            continue
        tree = lxml.html.document_fromstring(text)
        assert not [e for e in tree.iter() if any(name.startswith("on") for name in e.attrib)], address
        assert not [a for a in tree.cssselect("[href], [src]") if (a.get("href") or a.get("src")).startswith("data:")]
        assert not tree.cssselect("[style], style"), address
        assert all(script.get("src", "").startswith("/static/") for script in tree.cssselect("script")), address


def test_directions_of_names_do_not_run_into_the_page(bad: FlaskClient) -> None:
    for address in ("/?q=Berlin", "/facet/entity", "/facet/source"):
        tree = lxml.html.document_fromstring(bad.get(address).get_data(as_text=True))
        holders = [e for e in tree.iter("bdi", "a", "span", "p", "q", "strong") if e.text and "\u202e" in e.text]
        assert holders
        for holder in holders:
            if holder.get("class") == "visually-hidden":
                continue  # out of the flow, and so a paragraph of its own
            kept = [e for e in (holder, *holder.iterancestors()) if e.tag == "bdi" or e.get("dir")]
            assert kept[0].tag != "html", (address, holder.tag, holder.get("class"))


def test_methods(client: FlaskClient) -> None:
    for address in ("/", "/article/ar-1", "/facet/source", "/api/v1/search", "/robots.txt", "/help"):
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers.get("ETag") == whole.headers.get("ETag")
        assert int(head.headers["Content-Length"]) == len(whole.data)
        options = client.options(address)
        assert options.status_code == 200
        assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["Allow"].replace(" ", "").split(","))
        refused = client.post(address + "?ui=pl")
        assert refused.status_code == 405
        assert "GET" in refused.headers["Allow"]
        assert client.delete(address).status_code == 405


def test_answers_vary_with_the_language_and_are_nobodys_secret(client: FlaskClient) -> None:
    plain, polish = client.get("/"), client.get("/", headers={"Accept-Language": "pl"})
    assert plain.headers["Vary"] == polish.headers["Vary"] == "Accept-Language, Accept-Encoding"
    assert plain.headers["ETag"] != polish.headers["ETag"] != client.get("/?ui=pl").headers["ETag"]
    assert "Set-Cookie" not in plain.headers
    again = client.get("/", headers={"Accept-Language": "pl"})
    assert again.data == polish.data != plain.data


def test_links_that_robots_should_leave_alone(client: FlaskClient) -> None:
    tree = lxml.html.document_fromstring(client.get("/?q=Berlin&language=de").get_data(as_text=True))
    for link in tree.cssselect(".filters a[href*='?'], .chips a, svg a, .switches a, .pager a, .take a, .named a"):
        assert "nofollow" in link.get("rel", ""), lxml.html.tostring(link)
    assert tree.cssselect("link[rel=canonical]")[0].get("href").endswith("/?q=Berlin")
    assert "noindex" in tree.cssselect("meta[name=robots]")[0].get("content")


WEIRD = (
    "/?q=%00%ff%fe", "/?q=%ud800", "/?offset=99999999999999999999", "/?limit=1e9", "/?page=-1", "/?ui=../../etc/passwd",
    "/?=&&&==", "/?language", "/?q=a&q=b&q=c", "/article/", "/article/%2e%2e%2f", "/article//diff/", "//", "/facet/",
    "/facet/entity?page=99999999999", "/facet/entity?letter=%F0%9F%98%80", "/facet/entity?words=%00", "/entity/%00",
    "/timeline.csv?interval=century", "/export/results.csv?cursor=zzz", "/?from=0000&to=9999", "/?from=2024-02-31",
    "/?" + "off=x&" * 900, "/?" + "compare=x&" * 500, "/static/../web/app.py", "/?view=list%0d%0aX-Evil:1",
)  # fmt: skip


@pytest.mark.parametrize("address", WEIRD)
def test_no_address_is_a_fault(real_client: FlaskClient, address: str) -> None:
    answer = real_client.get(address)
    assert answer.status_code in (200, 301, 302, 308, 400, 404, 414)
    assert "X-Evil" not in answer.headers


def test_random_addresses_are_no_fault(real_client: FlaskClient) -> None:
    rng = random.Random(5)
    names = (
        "q", "from", "to", "any", "sort", "limit", "offset", "cursor", "language", "-entity", "facet_words.source",
        "view", "bars", "stack", "unit", "compare", "off", "interval", "kwic", "ui", "pos", "part",
    )  # fmt: skip
    values = (
        "", "1", "-1", "minister", '"', "((", "a*", "~", "2024", "2024-06", "kwic", "share", "language", "stories",
        "newest", "de", "%F0%9F%98%80", "AND OR", "x" * 300, "1.AAAA", "1.WyJyZWxldmFuY2UiLCAxLCAxXQ==",
    )  # fmt: skip
    paths = ("/", "/embed", "/facet/entity", "/timeline.csv", "/api/v1/search", "/feed.atom", "/export/results.csv")
    for _ in range(60):
        query = "&".join(f"{rng.choice(names)}={rng.choice(values)}" for _ in range(rng.randint(1, 5)))
        address = f"{rng.choice(paths)}?{query}"
        assert real_client.get(address).status_code in (200, 400), address


def test_a_page_and_a_cursor_of_an_earlier_generation(tmp_path: Any) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text("".join(f'{{"id":"{n}","title":"Harbour {n}","body":"The harbour."}}\n' for n in range(30)))
    archive = Archive(tmp_path / "archive")
    update(archive, [str(lines)], Settings())
    search = ArchiveSearch(archive, Settings())
    client = create_app(search, Settings()).test_client()
    first = client.get("/api/v1/search?q=harbour&limit=5")
    cursor = first.get_json()["cursor"]
    following = client.get(f"/api/v1/search?q=harbour&limit=5&cursor={cursor}").get_json()
    assert not {h["id"] for h in following["hits"]} & {h["id"] for h in first.get_json()["hits"]}
    page, export = client.get("/?q=harbour"), client.get("/export/results.csv?q=harbour", buffered=False)
    begun = search.pinned()
    lines.write_text('{"id":"new","title":"Harbour new","body":"The harbour."}\n')
    update(archive, [str(lines)], Settings(), prune=True)
    assert search.generation != begun.generation
    assert begun.search(SearchRequest(q="harbour", limit=50)).total == 30
    stale = client.get(f"/api/v1/search?q=harbour&limit=5&cursor={cursor}")
    assert stale.status_code == 400
    assert "generation" in stale.get_json()["error"]["message"]
    fresh = client.get("/?q=harbour", headers={"If-None-Match": page.headers["ETag"]})
    assert fresh.status_code == 200
    assert "1 article" in fresh.get_data(as_text=True)
    assert export.get_data(as_text=True).count("\r\n") == 31
