"""Feeds as houses write them: encodings that lie, links that are relative, text escaped twice, what is no article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import read

ITEM = "<item><title>{title}</title><link>{link}</link><description>{text}</description>{more}</item>"
RUSSIAN = "Шторм закрыл гавань, сообщили в понедельник власти города и порта."


def feed(
    title: str = "Storm", text: str = "", *, link: str = "https://c.example/1", more: str = "", head: str = ""
) -> str:
    item = ITEM.format(title=title, link=link, text=text, more=more)
    spaces = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:wp="http://wordpress.org/export/1.2/"'
    channel = "<channel><title>Courier</title><link>https://c.example/news/</link>"
    return f'{head}<rss version="2.0" {spaces}>{channel}{item}</channel></rss>'


def only(path: Path, text: str, encoding: str = "utf-8") -> Article:
    path.write_bytes(text.encode(encoding))
    (item,) = read([path])
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1251", "utf-8"), ("", "cp1251"), ("utf-8", "cp1251"), ("koi8-r", "koi8-r"), ("utf-16", "utf-16")],
)
def test_the_bytes_decide_where_the_declaration_lies(tmp_path: Path, declared: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    found = only(tmp_path / "a.rss", feed("Шторм над городом", RUSSIAN, head=head), encoding)
    assert (found.title, found.body, found.language) == ("Шторм над городом", RUSSIAN, "ru")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/2024/storm.html", "https://c.example/2024/storm.html"),
        ("storm.html", "https://c.example/news/storm.html"),
        ("https://c.example/1", "https://c.example/1"),
        ("mailto:a@c.example", None),
        ("//[bad", None),
    ],
)
def test_a_relative_link_counts_from_the_house_page(tmp_path: Path, link: str, url: str | None) -> None:
    assert only(tmp_path / "a.rss", feed(link=link)).url == url


def test_what_was_escaped_twice_is_text_all_the_same(tmp_path: Path) -> None:
    text = "&amp;lt;p&amp;gt;First.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Second.&amp;lt;/p&amp;gt;"
    found = only(tmp_path / "a.rss", feed("A &amp;amp;quot;storm&amp;amp;quot;", text))
    assert (found.title, found.body) == ('A "storm"', "First.\n\nSecond.")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('<enclosure url="https://c.example/3.mp3" type="audio/mpeg"/>', "podcast"),
        ("<wp:post_type>attachment</wp:post_type>", "attachment"),
        ("<wp:post_type>post</wp:post_type><wp:status>draft</wp:status>", "draft"),
    ],
)
def test_what_is_no_article_is_told(tmp_path: Path, more: str, reason: str) -> None:
    (tmp_path / "a.rss").write_text(feed(text="We talk.", more=more))
    (item,) = read([tmp_path / "a.rss"])
    assert not isinstance(item, Article)
    assert (item.code, reason in item.reason) == ("not-news", True)


def test_an_item_of_a_json_feed_has_an_address(tmp_path: Path) -> None:
    items = [{"id": "https://c.example/1", "title": "One"}, {"id": "2", "url": "/2", "title": "Two"}]
    whole = {"version": "https://jsonfeed.org/version/1", "home_page_url": "https://c.example/", "items": items}
    (tmp_path / "a.json").write_text(json.dumps(whole))
    found = [item.url for item in read([tmp_path / "a.json"]) if isinstance(item, Article)]
    assert found == ["https://c.example/1", "https://c.example/2"]
