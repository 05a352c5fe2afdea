"""Keyword-in-context lines in one list: sorted, of all hits, leafed through, within bounds that are told."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from indexer.analysis.folding import fold
from tests.web.test_results import page
from web import concordance
from web.views import search as views


@pytest.mark.parametrize("side", ["before", "after"])
def test_lines_in_context_stand_in_one_list(real_client: FlaskClient, side: str) -> None:
    apart = page(real_client, "/?q=minister&view=kwic&limit=100")
    told = page(real_client, f"/?q=minister&view=kwic&lines={side}")
    rows = told.cssselect(".concordance tbody tr")
    assert len(rows) == len(apart.cssselect(".lines tr")) > 20
    keys = []
    for row in rows:
        left, right = (fold(cell.text_content()) for cell in row.cssselect("td")[:2])
        match = fold(row.cssselect("mark")[0].text_content())
        words = re.findall(r"\w+", right.removeprefix(match) if side == "after" else left)
        keys.append(words if side == "after" else words[::-1])
    assert keys == sorted(keys, key=lambda words: (not words, words))
    first = rows[0].cssselect("a")[0].get("href")
    assert real_client.get(first).status_code == 200
    assert real_client.get("/?q=Berlin&view=kwic&lines=sideways").status_code == 400


def test_lines_are_those_of_all_hits_and_leafed_through(
    real_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(address: str) -> list[tuple[str, str]]:
        rows = page(real_client, address).cssselect(".concordance tbody tr")
        return [(row.get("data-id"), " ".join(row.text_content().split())) for row in rows]

    address = "/?q=minister+Berlin&any=1&view=kwic&lines=after&limit=10"
    whole = shown(address)
    found = real_client.get("/api/v1/search?q=minister+Berlin&any=1&limit=100&kwic=1").get_json()["hits"]
    assert len(whole) == sum(len(hit.get("kwic", ())) for hit in found) > 40
    hrefs = page(real_client, address).cssselect(".concordance a")
    asked = real_client.get(hrefs[0].get("href")).get_data(as_text=True)
    assert f'rel="canonical" href="http://localhost/article/{whole[0][0]}"' in asked
    monkeypatch.setattr(views, "A_PAGE", 30)
    first = page(real_client, address + "&sort=newest")
    following = first.cssselect("a[rel~=next]")[0].get("href")
    assert "offset=30" in following
    leafed = [*shown(address + "&sort=newest"), *shown(following)]
    assert len(leafed) == min(60, len(whole))
    assert set(leafed) <= set(whole)
    monkeypatch.setattr(concordance, "MOST_LINES", 5)
    cut = page(real_client, address + "&sort=oldest")
    (told,) = cut.cssselect(".told")
    read = re.search(r"(\d+) lines: those of the first (\d+) of (\d+) articles", told.text_content())
    assert read
    assert len(cut.cssselect(".concordance tbody tr")) == int(read[1])
    assert 5 <= int(read[1]) < len(whole)
    assert int(read[2]) < int(read[3]) == len(found)


def test_what_was_fetched_is_read_however_late_it_is() -> None:
    hits = [SimpleNamespace(kwic=(("a", "b", "c"),))] * 250
    told = concordance.concordance(hits, "after", seconds=-1)  # type: ignore[arg-type]
    assert (told.articles, len(told.lines), told.late) == (concordance.AT_ONCE, concordance.AT_ONCE, True)
    whole = concordance.concordance(hits[:70], "after", seconds=-1)  # type: ignore[arg-type]
    assert (whole.articles, whole.late) == (70, False)
    assert concordance.concordance(hits, "before").articles == 250  # type: ignore[arg-type]


def test_an_answer_without_lines_says_why(real_client: FlaskClient) -> None:
    assert page(real_client, "/?language=de&view=kwic&lines=after").cssselect(".hits")
    told = page(real_client, "/?q=language:de&view=kwic&lines=after")
    assert "its title or its filters" in told.cssselect(".told")[0].text_content()
    assert not told.cssselect(".nothing")
