"""Pages that are kept are the pages that would be made, byte for byte."""

from __future__ import annotations

import gzip
import random
import re
import threading
import time
from dataclasses import replace
from functools import partial
from itertools import product

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus.errors import NewsdexError
from indexer.archive import Archive
from indexer.request import SearchRequest
from indexer.results import SearchResults
from indexer.search import ArchiveSearch
from indexer.settings import EmbedSettings, Settings, WebSettings
from tests.web.conftest import TOPICS, articles
from tests.web.fake import FakeSearch
from web import create_app
from web.kept import KeptPages, packed, unpacked

ADDRESSES = [
    "/", "/?q=Berlin", "/?q=berlin", "/?q=Berlin&ui=pl", "/?q=Berlin&scheme=dark", "/?q=Berlin&view=kwic",
    "/?q=Berlin&view=compact&offset=10", "/?q=Berlin&limit=20&sort=oldest", "/?q=Berlin&language=de&-source=Wire",
    "/?q=Berlin&stack=language&compare=Paris", "/?q=Berlin&unit=stories&bars=share", "/?q=zzzz", "/?from=2022&to=2022",
    "/?q=Berlin&facet_words.entity=wu", "/embed?q=Berlin", "/facet/entity?q=Berlin", "/facet/source?order=label",
    "/article/undated?q=Nebel", "/article/undated?part=1", "/entity/place:berlin", "/?q=Berlin&limit=x",
    "/facet/nothing",
]  # fmt: skip
READERS = [{}, {"Accept-Language": "de"}, {"Accept-Language": "ru, en;q=0.5"}, {"Host": "news.example"}]
ENCODINGS = [{}, {"Accept-Encoding": "gzip, br"}, {"Accept-Encoding": "gzip;q=0, identity"}]
ANSWERED_IN = re.compile(rb"[\d.,\xc2\xa0]+(?=\s(ms|\xd0\xbc\xd1\x81))")
"""The time that an answer took, which no two have alike."""


def client_of(search: object, cache_mb: int) -> FlaskClient:
    settings = Settings(web=WebSettings(cache_mb=cache_mb, embed=EmbedSettings(hosts=("https://intranet.example",))))
    return create_app(search, settings).test_client()  # type: ignore[arg-type]


def told(client: FlaskClient, address: str, headers: dict[str, str]) -> tuple[object, ...]:
    answer = client.get(address, headers=headers)
    named = {name: value for name, value in answer.headers.items() if name not in ("Content-Length", "ETag")}
    text = gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") else answer.data
    return answer.status_code, ANSWERED_IN.sub(b"", text), named


@pytest.mark.parametrize("over", ["fake", "archive"])
def test_a_kept_page_is_the_page_that_would_be_made(over: str, archive: Archive) -> None:
    search = FakeSearch(articles(), TOPICS) if over == "fake" else ArchiveSearch(archive)
    fresh, kept = client_of(search, 0), client_of(search, 16)
    made: dict[tuple[str, str], tuple[object, ...]] = {}
    asked = random.Random(over).sample(list(product(ADDRESSES, READERS, ENCODINGS)), 80)
    for address, reader, encoding in asked:
        key = (address, repr((reader, encoding)))
        made[key] = told(fresh, address, {**reader, **encoding})
        assert told(kept, address, {**reader, **encoding}) == made[key], address
    for address, reader, encoding in asked:
        assert told(kept, address, {**reader, **encoding}) == made[address, repr((reader, encoding))], address


def test_a_page_is_made_once(search: FakeSearch) -> None:
    client = client_of(search, 16)
    first = client.get("/?q=Berlin")
    before = len(search.searched)
    again = client.get("/?q=Berlin", headers={"Accept-Encoding": "gzip"})
    assert len(search.searched) == before
    assert gzip.decompress(again.data) == first.data
    assert len(again.data) < len(first.data) / 3
    assert client_of(search, 0).get("/?q=Berlin").status_code == 200
    assert len(search.searched) > before


def test_another_generation_or_edition_has_pages_of_its_own(search: FakeSearch) -> None:
    client = client_of(search, 16)
    before = client.get("/?q=Berlin").data
    search.articles = search.articles[:3]
    assert client.get("/?q=Berlin").data == before
    search.generation = 2
    after = client.get("/?q=Berlin")
    assert after.data != before
    search.articles = []
    search.edition = "2-other"  # type: ignore[attr-defined]
    changed = client.get("/?q=Berlin", headers={"If-None-Match": after.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.data != after.data


def test_an_answer_cut_by_the_time_is_for_nobody_else(search: FakeSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = FakeSearch.search

    def cut(self: FakeSearch, request: SearchRequest) -> SearchResults:
        return replace(whole(self, request), total=1, whole=False)

    client = client_of(search, 16)
    monkeypatch.setattr(FakeSearch, "search", cut)
    hurried = client.get("/?q=Berlin").data
    monkeypatch.setattr(FakeSearch, "search", whole)
    assert client.get("/?q=Berlin").data != hurried


def test_an_archive_says_when_an_answer_was_cut(archive: Archive) -> None:
    for seconds, whole in ((3600.0, True), (1e-9, False)):  # a busy machine's first search may take its time
        limits = replace(Settings().limits, seconds=seconds)
        assert ArchiveSearch(archive, Settings(limits=limits)).search(SearchRequest(q="Berlin")).whole is whole


def test_many_who_ask_at_once_are_answered_by_one(search: FakeSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(search, Settings())  # type: ignore[arg-type]
    begun, go_on = threading.Event(), threading.Event()
    whole = FakeSearch.search

    def slow(self: FakeSearch, request: SearchRequest) -> SearchResults:
        begun.set()
        go_on.wait(10)
        return whole(self, request)

    monkeypatch.setattr(FakeSearch, "search", slow)
    told: list[bytes] = []
    readers = [threading.Thread(target=lambda: told.append(app.test_client().get("/?q=Berlin").data)) for _ in range(6)]
    for reader in readers:
        reader.start()
    begun.wait(10)
    time.sleep(0.05)
    go_on.set()
    for reader in readers:
        reader.join(20)
    assert len(told) == 6
    assert len(set(told)) == 1
    assert sum(request.limit > 0 for request in search.searched) == 1


def test_where_the_one_fails_the_others_ask_themselves() -> None:
    pages, waiting = KeptPages(1_000_000), threading.Event()
    told: list[object] = []

    def failing() -> tuple[str, bool]:
        waiting.set()
        time.sleep(0.1)
        raise NewsdexError("no")

    def first() -> None:
        try:
            pages.page("a", failing)
        except NewsdexError as error:
            told.append(error)

    def second() -> None:
        waiting.wait(10)
        told.append(pages.page("a", lambda: ("made", True)))

    readers = [threading.Thread(target=first), threading.Thread(target=second)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(10)
    assert packed("made") in told
    assert len(told) == 2


def test_who_asks_for_a_kept_page_does_not_wait_for_those_that_are_made() -> None:
    pages, go_on = KeptPages(1_000_000, makers=2), threading.Event()
    pages.page("kept", lambda: ("kept", True))
    making: list[int] = []
    most = []

    def slow(number: int) -> tuple[str, bool]:
        making.append(number)
        most.append(len(making))
        go_on.wait(10)
        making.remove(number)
        return "made", True

    readers = [threading.Thread(target=pages.page, args=(str(n), partial(slow, n))) for n in range(5)]
    for reader in readers:
        reader.start()
    end = time.monotonic() + 10
    while len(making) < 2 and time.monotonic() < end:
        time.sleep(0.001)
    assert pages.page("kept", lambda: ("other", True)) == packed("kept")
    go_on.set()
    for reader in readers:
        reader.join(10)
    assert len(most) == 5
    assert max(most) == 2
    assert not making


@examples(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=60),
    st.integers(0, 400),
)
def test_never_more_than_may_be_kept_and_never_another_page(asked: list[tuple[int, bool]], most: int) -> None:
    pages = KeptPages(most)
    for number, keep in asked:
        text = f"page {number} " * (number + 1)
        assert unpacked(pages.page(str(number), lambda: (text, keep))) == text.encode()  # noqa: B023  called at once
        assert sum(map(len, pages._pages.values())) == pages._bytes <= most
        assert not pages._making
