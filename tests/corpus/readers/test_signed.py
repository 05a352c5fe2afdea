"""Who signs a page that names its authors in no field: the element styled as its byline."""

from __future__ import annotations

import pytest

from corpus.languages import pack
from corpus.markup import parse_html
from corpus.readers.signed import signed_by


@pytest.mark.parametrize(
    ("language", "element", "names"),
    [
        ("en", '<p class="byline">By Anna Berg and Jan Thal</p>', ["Anna Berg", "Jan Thal"]),
        ("en", '<div class="post-author">Anna Berg, Harbour Editor<br>Tuesday</div>', ["Anna Berg"]),
        (
            "en",
            '<span class="c-byline">by <a href="/a">Anna Berg</a> <i>on 14 March 2023, 09:20</i></span>',
            ["Anna Berg"],
        ),
        ("fr", '<span class="author">Par <b>Anne Mont</b></span>', ["Anne Mont"]),
        ("de", '<a rel="author" href="/a">Anna Berg</a>', ["Anna Berg"]),
        ("ru", '<div id="author">Автор: Анна Берг | 14 марта 2023</div>', ["Анна Берг"]),
        ("en", '<p class="byline">By Anna Berg March 18 at 5:20 PM</p>', ["Anna Berg"]),
        ("en", '<div class="hasnt-bio is-not-column"><span class="byline">By Anna Berg</span></div>', ["Anna Berg"]),
        ("en", '<p><a href="/people/anna-berg">Anna Berg</a>, <a href="/people/jan">Jan Thal</a></p>',
         ["Anna Berg", "Jan Thal"]),
        ("en", '<p><a href="/topics/harbour-board">Harbour Board</a></p>', []),
        ("en", '<p class="bio"><a href="/author/anna">Anna Berg</a></p>', []),
        ("en", '<div class="comment"><span class="author">Angry Reader</span></div>', []),
        ("en", '<aside><span class="author">Anna Berg</span></aside>', []),
        ("en", '<div class="author">Last Updated: 14 March 2023</div>', []),
        ("en", '<div class="authority">Harbour Board</div>', []),
        ("zh", '<div class="author">海州发布</div>', []),
    ],
)
def test_the_byline_of_a_page(language: str, element: str, names: list[str]) -> None:
    root = parse_html(f"<html><body><h1>Ship aground</h1>{element}<p>It ran aground on Monday.</p></body></html>")
    assert signed_by(root, pack(language)) == names
