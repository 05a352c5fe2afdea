"""Ids: stable, and the same for the same article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import article_id, canonical_address, host_of

SAME = [
    "https://www.nordelbe.example/kultur/orgel",
    "http://nordelbe.example/kultur/orgel/",
    "HTTPS://NordElbe.example:443/kultur//orgel?utm_source=feed&fbclid=1#kommentare",
    "https://nordelbe.example/kultur/orgel/index.html",
    "  https://www.nordelbe.example/kultur/orgel?ref=rss ",
    "https://nordelbe.example/kultur/%6Frgel",
]


def test_spellings_of_one_address() -> None:
    assert len({article_id(url=url, title=url) for url in SAME}) == 1


@pytest.mark.parametrize(
    "other",
    [
        "https://nordelbe.example/kultur/orgeln",
        "https://nordelbe.example/kultur/orgel?seite=2",
        "https://m.example/kultur/orgel",
    ],
)
def test_other_addresses(other: str) -> None:
    assert article_id(url=other) != article_id(url=SAME[0])


@pytest.mark.parametrize(
    "url", ["https://nordelbe.example/", "https://nordelbe.example", "nordelbe", "ftp://a/b", "http://[", ""]
)
def test_addresses_that_name_no_page(url: str) -> None:
    assert canonical_address(url) is None
    facts = {"source": "NordElbe", "title": "Orgel", "published": "2024-06-02"}
    assert article_id(url=url, **facts) == article_id(**facts)


def test_source_title_and_day() -> None:
    first = article_id(source="NordElbe", title="Orgel klingt", published="2024-06-02T18:05", body="a")
    assert first == article_id(source="nordelbe", title=" Orgel  klingt", published="2024-06-02T19:00", body="b")
    assert first != article_id(source="NordElbe", title="Orgel klingt", published="2024-06-03", body="a")


def test_content_when_nothing_else_is_known() -> None:
    assert article_id(title="Orgel", body="Ein Satz.") == article_id(title="Orgel", body=" Ein\n Satz. ")
    assert article_id(title="Orgel", body="Ein Satz.") != article_id(title="Orgel", body="Zwei Sätze.")


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_any_text_gives_a_safe_id(url: str, source: str, title: str, published: str, body: str) -> None:
    found = article_id(url=url, source=source, title=title, published=published, body=body)
    assert len(found) == 16
    assert found.isalnum()


def test_ids_stay_the_same_over_versions() -> None:
    """These ids are in people's archives and links: a change here needs a new VERSION and a migration."""
    assert article_id(url=SAME[0]) == "4bbd55c610f728c6"
    assert article_id(source="NordElbe", title="Orgel", published="2024-06-02") == "509af7389184b41c"
    assert article_id(title="Orgel", body="Ein Satz.") == "5f90884f340a9145"


def test_host() -> None:
    assert host_of("https://www.nordelbe.example/x") == "nordelbe.example"
    assert host_of("nothing") is None
    assert host_of(None) is None
