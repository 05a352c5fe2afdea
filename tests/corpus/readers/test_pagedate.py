"""Which date a page without any in its markup is given: the one beside its article."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import read_file

PROSE = (
    "The harbour board of Karlskrona decided on Monday to leave the old crane where it stands.",
    "Engineers had warned that its feet would not bear another winter of ice and heavy wind.",
    "The town will now pay for new bolts, and the museum will open the cabin to visitors again.",
)
TITLE = "Harbour crane stays where it is, board decides"


def page(*, head: str = "", above: str = "", below: str = "", end: str = "", address: str = "") -> str:
    link = f'<link rel="canonical" href="{address}">' if address else ""
    body = "".join(f"<p>{text}</p>" for text in PROSE)
    return (
        f'<html lang="en"><head><title>{TITLE} | Kranbladet</title>{link}</head><body><div>{head}</div>'
        f"<div>{above}</div><h1>{TITLE}</h1><div>{below}</div><article>{body}</article><div>{end}</div></body></html>"
    )


LINES = ("12 May 2019", "Ferry runs aground", "3 June 2018", "Fish market moves", "News", "Sport", "Weather")
OTHERS = "".join(f"<p>{line}</p>" for line in LINES)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (page(below="14 March 2023"), "2023-03-14"),
        (page(head=OTHERS, below="Published 14 March 2023 09:20"), "2023-03-14T09:20"),
        (page(head=OTHERS, above="<span>14 March 2023</span>"), "2023-03-14"),
        (page(below="<p>14 March 2023</p>", end=OTHERS), "2023-03-14"),
        # the page's own day in its head, and the article's in its address
        (page(head="Tuesday, 9 May 2023", address="https://kran.example/2023/03/14/crane"), "2023-03-14"),
        (page(), None),
    ],
)
def test_the_date_beside_the_article(text: str, wanted: str | None, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    (found,) = read_file(file)
    assert isinstance(found, Article), found
    assert found.published == wanted
