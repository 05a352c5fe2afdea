"""Dumps of pages that are no articles are rejected with the evidence; tickers and teasers are articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article, Rejection
from corpus.readers import read_file

FRONT = "\n".join(
    f"{heading}\n{sentence}\nRead more\n{day} March 2023"
    for heading, sentence, day in [
        ("Ferry late again", "The ferry came late for the third time this week.", 14),
        ("Fish market moves to the pier", "Traders are angry and want to stay.", 14),
        ("Lighthouse sold to growers", "The light stays on.", 13),
        ("School wins a prize", "Children had built a boat.", 12),
    ]
)
NO_NEWS = {
    "front page": f"Osk Courier\nHome\nNews\n{FRONT}\nContact",
    "error": "Osk Courier\nHome\nPage not found\n404\nThe page you are looking for does not exist or has been moved. "
    "Perhaps it never was there. Please check the address or go back to our front page.\nContact",
    "consent": "We value your privacy\nWe and our partners store information on your device, such as cookies, and "
    "process data for content that suits you.\nWith your consent we may use precise data on where you are. You "
    "may withdraw your consent at any time under the privacy settings at the foot of the page.\nAccept all\nReject all",
    "search": 'Osk Courier\nSearch\nSearch results for "lighthouse"\nLighthouse sold\nThe council of Osk sold the '
    "old lighthouse on Monday to ...\nKeeper retires\nAfter forty years the keeper of Osk ...\n1 2 Next",
    "video": "Osk Courier\nVideo\nLighthouse by night\n14 March 2023\nWatch now\n00:00\n01:32\nMore videos\nFerry",
}
HEAD = "Osk Courier\nNews\n{}\n14 March 2023, 09:20\nBy Anna Berg\n"
NEWS = {
    "ticker": HEAD.format("Storm over Osk: ferry stopped, pier closed")
    + "11:40\nThe harbour office has closed the pier after waves washed over its outer end twice within an hour.\n"
    "11:05\nTwo trees have fallen across the road, the fire brigade says. Nobody was hurt, and it will soon be free.\n"
    "10:30\nThe ferry has stopped. Its captain said that the waves were higher than anything he had seen in years.",
    "privacy law": HEAD.format("Council of Osk passes a privacy law")
    + "The council of Osk passed a privacy law on Monday that forbids tracking without consent in the harbour.\n"
    "Shops may set no cookies without consent, and a tracking notice has to hang at the pier, the council said.",
    "bakery": "Osk Courier\nNews\nCookies of Osk win a prize\nThe cookie of the year comes from Osk, the bakers said "
    "on Monday, and nobody was more surprised than those who bake it.\nThe best cookie has salt and leeks in it.",
}


def read(text: str, folder: Path) -> Article | Rejection:
    path = folder / "page.txt"
    path.write_text(text, encoding="utf-8")
    return next(iter(read_file(path)))


@pytest.mark.parametrize("kind", NO_NEWS)
def test_what_is_no_article(kind: str, tmp_path: Path) -> None:
    got = read(NO_NEWS[kind], tmp_path)
    assert isinstance(got, Rejection), got
    assert got.code == "not-news"


@pytest.mark.parametrize("kind", NEWS)
def test_what_is_one(kind: str, tmp_path: Path) -> None:
    got = read(NEWS[kind], tmp_path)
    assert isinstance(got, Article), got
    assert got.title in NEWS[kind]


@pytest.mark.parametrize(
    "notice",
    ["This article is for subscribers only.", "Dieser Artikel ist nur für Abonnenten.", "Article réservé aux abonnés"],
)
def test_a_teaser_is_an_article_and_marked(notice: str, tmp_path: Path) -> None:
    story = "The council of Osk is split over the sale of the old lighthouse, which it decided by a single vote.\n" * 2
    got = read(
        f"{HEAD.format('Council splits over lighthouse')}{story}{notice}\nRelated articles\nFerry late", tmp_path
    )
    assert isinstance(got, Article)
    assert notice not in got.body
    assert any("subscribers" in note for note in got.provenance.notes)


PAGES = {
    "a page without its scripts": ("Osk Courier", "<p>You need to enable JavaScript to run this app.</p>"),
    "a page without its scripts: it": ("Осский вестник", "<p>Чтобы читать дальше, включите JavaScript.</p>"),
    "an error page": ("451", "<p>This page is not available in your country for legal reasons.</p>"),
    "an error page: '": ("Osk Courier", "<h1>Verify you are human</h1><p>Complete the action below.</p>"),
    "an offer of subscriptions": ("Word abonnee", "<h1>Word abonnee</h1><p>Vanaf 2 euro per week.</p>"),
    "a page of links, no article": (
        "Anna Berg",
        '<meta property="og:type" content="profile"><h1>Anna Berg</h1><p>Anna Berg writes on harbours.</p>'
        + "".join(f"<h3><a href='/{number}'>Crane {number} stands again</a></h3>" for number in range(10)),
    ),
}


@pytest.mark.parametrize("reason", PAGES)
def test_saved_pages_that_are_no_articles(reason: str, tmp_path: Path) -> None:
    title, body = PAGES[reason]
    file = tmp_path / "page.html"
    file.write_text(f"<html><head><title>{title}</title></head><body>{body}</body></html>", encoding="utf-8")
    (found,) = read_file(file)
    assert isinstance(found, Rejection), found
    assert (found.code, found.reason[: len(reason)]) == ("not-news", reason)


def test_an_article_on_scripts_is_one(tmp_path: Path) -> None:
    text = "The harbour office of Osk will enable JavaScript on its page of tides again, it said on Monday. " * 5
    file = tmp_path / "page.html"
    file.write_text(f"<html><body><h1>Tides come back</h1><p>{text}</p></body></html>", encoding="utf-8")
    (found,) = read_file(file)
    assert isinstance(found, Article), found
