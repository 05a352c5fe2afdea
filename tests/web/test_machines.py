"""What programs read: the API, exports, feeds, citations, robots."""

from __future__ import annotations

import csv
import io
import json

import lxml.etree
import pytest
from flask.testing import FlaskClient

from indexer.request import SearchRequest
from tests.web.fake import FakeSearch
from web.cite import Reference, bibtex, ris
from web.views.feeds import stamp


def test_the_api_is_the_command_lines_object(client: FlaskClient, search: FakeSearch) -> None:
    given = client.get("/api/v1/search?q=Berlin&language=de&-source=x&limit=3").get_json()
    asked = SearchRequest(q="Berlin", include={"language": ("de",)}, exclude={"source": ("x",)}, limit=3)
    assert given == json.loads(json.dumps(search.search(asked).as_json()))
    assert list(given)[:4] == ["total", "took_ms", "generation", "hits"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/search?sort=best", 400, "usage"), ("/api/v1/search?limit=-1", 400, "usage"),
        ('/api/v1/search?q="', 400, "usage"), ("/api/v1/articles/none", 404, "not-found"),
        ("/api/v1/nothing", 404, "not-found"), ("/export/results.csv?limit=x", 400, "usage"),
    ],
)  # fmt: skip
def test_errors_have_one_shape(client: FlaskClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    error = answer.get_json()["error"]
    assert (answer.status_code, error["status"], error["code"]) == (status, status, code)
    assert error["message"]


def test_an_article(client: FlaskClient) -> None:
    given = client.get("/api/v1/articles/a/b%20c%3Fd%3D%C3%BC%231").get_json()
    assert given["id"] == "a/b c?d=ü#1"
    assert {entity["label"] for entity in given["entities"]} == {"Berlin"}


def test_exports_hold_every_hit(client: FlaskClient, search: FakeSearch) -> None:
    total = len(search.articles)
    text = client.get("/export/results.csv").get_data().decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert len(table) == total
    lines = client.get("/export/results.jsonl").get_data(as_text=True).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [article["id"] for article in search.articles]
    whole = client.get("/export/results.jsonl?text=1&q=برلين").get_data(as_text=True)
    assert json.loads(whole)["body"].startswith("عقد")
    entries = client.get("/export/results.bib").get_data(as_text=True)
    known = sum(bool(article.get("source")) for article in search.articles)
    assert (entries.count("@article{"), entries.count("@misc{")) == (known, total - known)
    assert [item["id"] for item in client.get("/export/results.csl.json").get_json(force=True)] == [
        article["id"] for article in search.articles
    ]
    assert client.get("/export/results.csl.json?q=nowhere").get_json(force=True) == []
    assert client.get("/export/results.ris").get_data(as_text=True).count("TY  - NEWS\r\n") == total
    assert client.get("/export/results.csv?limit=2").get_data(as_text=True).count("\r\n") == 3
    assert client.get("/export/results.exe").status_code == 404
    assert client.get("/export/results.csv?q=nowhere").get_data(as_text=True).count("\r\n") == 1


def test_all_is_taken_whatever_a_page_shows(client: FlaskClient, search: FakeSearch) -> None:
    tree = lxml.html.document_fromstring(client.get("/?limit=20&view=kwic&ui=de").get_data(as_text=True))
    links = [link.get("href") for link in tree.cssselect(".take a[download]")]
    assert len(links) == 7
    for link in links:
        assert "limit" not in link
        assert "ui=de" in link
    rows = client.get(links[0]).get_data(as_text=True).count("\r\n")
    assert rows == len(search.articles) + 1


def test_every_line_in_context_as_a_table(client: FlaskClient) -> None:
    text = client.get("/export/results.lines.csv?q=Berlin").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    given = client.get("/api/v1/search?q=Berlin&limit=300&kwic=1").get_json()["hits"]
    assert len(rows) == sum(len(hit.get("kwic", ())) for hit in given) > len({row["id"] for row in rows}) > 2
    assert {row["match"].casefold() for row in rows} == {"berlin"}


def test_cells_are_no_formulas(client: FlaskClient) -> None:
    text = client.get("/export/results.csv").get_data().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@"))


STRANGE = Reference(
    "x/1", "50 % of {all} & #1_a ~ ^ \\", ["O'Hara, Jo", "Müller\nMax"], "A & B", "2024-06", "de",
    "https://a.example/?x={1}&y", "http://here/article/x", "The Attic", 7,
)  # fmt: skip


def test_bibtex_escapes_what_it_must() -> None:
    entry = bibtex(STRANGE)
    assert r"50 \% of \{all\} \& \#1\_a \textasciitilde{} \textasciicircum{} \textbackslash{}" in entry
    assert "author = {{O'Hara, Jo} and {Müller Max}}" in entry
    assert "year = {2024}" in entry
    assert "month = {6}" in entry
    assert "day" not in entry
    assert "note = {The Attic, generation 7}" in entry
    bare = entry.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")


def test_ris_has_a_field_a_line() -> None:
    lines = ris(STRANGE).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert "AU  - Müller Max" in lines
    assert "DA  - 2024/06" in lines
    assert all(line[2:6] == "  - " for line in lines if line)


def test_citations_of_an_article(client: FlaskClient) -> None:
    assert "محادثات" in client.get("/article/ar-1/cite.bib").get_data(as_text=True)
    assert client.get("/article/ar-1/cite.ris").mimetype == "application/x-research-info-systems"
    item = client.get("/article/ar-1/cite.csl.json").get_json(force=True)[0]
    assert item["issued"] == {"date-parts": [[2024, 6, 25]]}
    assert (item["type"], item["container-title"]) == ("article-newspaper", "وكالة المرفأ")
    assert client.get("/article/ar-1/cite.doc").status_code == 404
    assert client.get("/article/none/cite.bib").status_code == 404


def test_the_feed_is_atom(client: FlaskClient) -> None:
    answer = client.get("/feed.atom?q=Berlin")
    assert answer.mimetype == "application/atom+xml"
    feed = lxml.etree.fromstring(answer.data)
    ns = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", ns)
    assert len(entries) == client.get("/api/v1/search?q=Berlin&limit=100").get_json()["total"]
    stamps = [entry.findtext("a:updated", namespaces=ns) for entry in entries]
    assert stamps == sorted(stamps, reverse=True)
    assert all(entry.findtext("a:id", namespaces=ns).startswith("urn:uuid:") for entry in entries)
    assert feed.find("a:link[@rel='self']", ns).get("href").endswith("/feed.atom?q=Berlin")


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024", "2024-01-01T00:00:00Z"), ("2024-06", "2024-06-01T00:00:00Z"), ("2024-06-24", "2024-06-24T00:00:00Z"),
        ("2024-06-24T16:28", "2024-06-24T16:28:00Z"), ("2024-06-24T16:28+03:00", "2024-06-24T16:28:00+03:00"),
        (None, "1970-01-01T00:00:00Z"), ("soon", "1970-01-01T00:00:00Z"),
    ],
)  # fmt: skip
def test_stamps(published: str | None, expected: str) -> None:
    assert stamp(published) == expected


def test_small_files(client: FlaskClient) -> None:
    robots = client.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /?" in robots
    assert "Disallow: /facet/" in robots
    assert client.get("/health").get_json() == {"status": "ok", "generation": 1}
    described = lxml.etree.fromstring(client.get("/opensearch.xml").data)
    assert described.find("{*}Url").get("template") == "http://localhost/?q={searchTerms}"
    assert client.get("/embed.js").mimetype in ("text/javascript", "application/javascript")
    assert client.get("/api/v1/suggest?q=pilar").get_json()["suggestions"]
