"""What holds for all readers: order, accounts, streams, choices of reader."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from corpus.article import Article, Rejection
from corpus.readers import READERS, find_sources, read, read_file, reader_for
from corpus.readers.record import author_names, guess_columns

RECORD = {
    "title": "Orgel",
    "body": "Nach sechs Jahren Pause klingt in der Stadtkirche von Strehla wieder die Orgel.",
    "language": "de",
}


def test_sorted_order_and_hidden_names(tmp_path: Path) -> None:
    for name in (
        "b/2.jsonl",
        "a.jsonl",
        "b/1.jsonl",
        "c.jsonl",
        ".hidden.jsonl",
        ".git/x.jsonl",
        "copy.jsonl~",
        "__MACOSX/x.jsonl",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({**RECORD, "title": name}))
    titles = [item.title for item in read([tmp_path]) if isinstance(item, Article)]
    assert titles == ["a.jsonl", "b/1.jsonl", "b/2.jsonl", "c.jsonl"]


def test_paths_are_given_back_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "one.jsonl").write_text(json.dumps(RECORD))
    monkeypatch.chdir(tmp_path)
    (item,) = read(["pile"])
    assert isinstance(item, Article)
    assert item.provenance.file == "pile/one.jsonl"
    (item,) = read(["./pile/../pile/one.jsonl"])
    assert isinstance(item, Article)
    assert Path(item.provenance.file) == Path("pile/../pile/one.jsonl")


def test_several_processes_see_what_one_sees(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps({**RECORD, "title": f"Nummer {number}"}))
    apart = [item for source in find_sources([tmp_path]) for item in read_file(source)]
    assert apart == list(read([tmp_path]))


def test_a_bad_line_does_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(
        b"\n".join([json.dumps(RECORD).encode(), b"{", b"", b"\xff\xfe", json.dumps(RECORD).encode()]) + b"\n"
    )
    items = list(read([path]))
    assert [type(item) for item in items] == [Article, Rejection, Rejection, Article]
    assert [item.line for item in items if isinstance(item, Rejection)] == [2, 4]
    assert items[3].provenance.line == 5  # type: ignore[union-attr]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    line = json.dumps({**RECORD, "body": RECORD["body"] * 20}) + "\n"
    with path.open("w") as out:
        for _ in range(3000):
            out.write(line)
    tracemalloc.start()
    count = sum(1 for _ in read([path]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3000
    assert peak < 3 * 1024 * 1024


def test_languages_limit_what_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(
        json.dumps({"title": "Muzeum", "body": "Nowe muzeum zostało otwarte w czwartek przez burmistrza miasta."})
    )
    (item,) = read([path], languages=["de", "pl"])
    assert isinstance(item, Article)
    assert item.language == "pl"


SNIFFED = [
    (b'{"title": "a"}\n{"title": "b"}\n', "x.txt", "jsonlines"),
    (b'{"title": "a"}', "x.json", "json"),
    (b"<!doctype html><html><body>x", "page", "html"),
    (b"<?xml version='1.0'?><rss version='2.0'>", "x.xml", "feed"),
    (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- c --><feed xmlns='http://www.w3.org/2005/Atom'>", "x", "feed"),
    (b"<?xml version='1.0'?><nitf>", "x.xml", "nitf"),
    (b"<ns:newsItem xmlns:ns='x'>", "x.xml", "newsml-g2"),
    (b"<NewsML>", "x.xml", "newsml-1"),
    (b"WARC/1.0\r\n", "x.gz", "webarchive"),
    (b"From: a\nDate: b\nMIME-Version: 1.0\n\nText", "x.txt", "mail"),
    (b"From a@b Mon\nFrom: a\n\nText", "x", "mail"),
    (b"title,body,date\na,b,c\n", "x.txt", "table"),
    (b"PK\x03\x04....", "x", "container"),
    (b"%PDF-1.4", "x.txt", "pdf"),
    (b"Just some text.\n", "x.txt", "textdump"),
    (b"Just some text.\n", "README", "textdump"),
    (b"<?xml version='1.0'?><svg>", "x.svg", None),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "x.txt", None),
    (b"key: value\n", "x.yaml", None),
]


@pytest.mark.parametrize(("head", "name", "reader"), SNIFFED)
def test_which_reader(head: bytes, name: str, reader: str | None) -> None:
    found = reader_for(head, name)
    assert (found.name if found else None) == reader


def test_names_of_readers_are_their_own() -> None:
    names = [reader.name for reader in READERS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Anna Berg und Jan Thal", ["Anna Berg", "Jan Thal"]),
        ("Anna Berg, Jan Thal and Ute Kern", ["Anna Berg", "Jan Thal", "Ute Kern"]),
        ("Berg, Anna", ["Berg, Anna"]),
        ("Вера Ожегова и Глеб Усольцев", ["Вера Ожегова", "Глеб Усольцев"]),
        (["Anna Berg", {"name": "Jan Thal"}], ["Anna Berg", "Jan Thal"]),
        ({"name": "Ute Kern", "url": "x"}, ["Ute Kern"]),
        (None, []),
        (7, []),
    ],
)
def test_author_names(value: object, names: list[str]) -> None:
    assert author_names(value) == names


def test_columns_are_known_by_many_names() -> None:
    assert guess_columns(["Headline", "Full Text", "Pub-Date", "News_Paper", "Link"]) == {
        "title": "Headline", "body": "Full Text", "published": "Pub-Date", "source": "News_Paper", "url": "Link",
    }  # fmt: skip
    assert guess_columns(["title", "headline"]) == {"title": "title"}
    assert guess_columns(["post_id", "newsHeadline", "News Body", "Publication Name", "short_description"]) == {
        "title": "newsHeadline", "body": "News Body", "source": "Publication Name", "summary": "short_description",
    }  # fmt: skip
    assert guess_columns(["newsHeadline", "Título"]) == {"title": "Título"}


def test_repeated_lines_are_learned_from_the_pile(tmp_path: Path) -> None:
    notice = "This island newspaper is printed on recycled sails and lives from what its readers give to it every year."
    leads = (
        "The ferry is late again today, the harbour master said on Monday evening.",
        "The school has a new roof, and eleven pupils have returned to their desks.",
        "Three otters were counted in the bay this week, the first in twelve years.",
        "The lamp of the lighthouse was sold for more than anybody had expected.",
    )
    for number, text in enumerate(leads):
        body = "\n\n".join([text, text.replace("The", "It is said that the"), notice])
        (tmp_path / f"{number}.txt").write_text(f"Headline of the day number {number}\n\n{body}\n")
    articles = [item for item in read([tmp_path]) if isinstance(item, Article)]
    assert len(articles) == 4
    for article in articles:
        assert notice not in article.body
        assert any(lost.text == notice and "repeated" in lost.why for lost in article.provenance.stripped)
    (alone,) = read([tmp_path / "0.txt"])
    assert isinstance(alone, Article)
    assert notice in alone.body, "a file named alone is read without its neighbours"


def test_three_copies_of_one_story_are_not_furniture(tmp_path: Path) -> None:
    story = "The ferry is late again today, the harbour master said on Monday evening before he went home for supper."
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Ferry late again on Monday\n\n{story}\n")
    bodies = {item.body for item in read([tmp_path]) if isinstance(item, Article)}
    assert bodies == {story}


@pytest.mark.parametrize(
    ("tag", "code"), [("eng", "en"), ("de-AT", "de"), ("ger", "de"), ("zho", "zh"), ("swe", "sv"), ("English", "en")]
)
def test_language_codes_of_libraries(tmp_path: Path, tag: str, code: str) -> None:
    texts = {"en": "The museum was opened on Thursday by the mayor of the town.", "sv": "Museet öppnades i torsdags."}
    texts |= {"de": "Das Museum wurde am Donnerstag eröffnet.", "zh": "博物馆星期四开馆，市长出席了仪式。"}
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"title": "", "body": texts[code], "language": tag}))
    (item,) = read([path])
    assert isinstance(item, Article)
    assert item.language == code
