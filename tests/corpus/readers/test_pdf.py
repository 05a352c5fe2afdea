"""PDF pages that were written across their columns, and what only the file tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article, Rejection
from corpus.readers import read
from corpus.readers.pdfpage import Piece, in_reading_order, largest

pytest.importorskip("pypdf")
LEFT = ("The new rail line to the coast was", "opened on Saturday by the minis-", "ter, who rode on the first train.")
RIGHT = (
    "Tickets cost eight pounds, and chil-",
    "dren ride for nothing. The old line",
    "was closed in 1967, they said.",
)
TEXT = (
    "The new rail line to the coast was opened on Saturday by the minister, who rode on the first train.",
    "Tickets cost eight pounds, and children ride for nothing. The old line was closed in 1967, they said.",
)


def pdf(path: Path, lines: list[tuple[int, int, int, str]], info: str = "") -> Article:
    """The article of a PDF of one page: (x, y, size of letters, text) in the order of writing."""
    content = "BT " + " ".join(f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, size, text in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<<{info}>>",
    ]
    data, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"trailer\n<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    path.write_text(f"{data}xref\n0 7\n0000000000 65535 f \n{table}{tail}")
    (item,) = read([path])
    assert isinstance(item, Article), item
    return item


def across() -> list[tuple[int, int, int, str]]:
    """Two columns written line by line across the page."""
    head = [(50, 780, 20, "Rail line opens to the coast")]
    rows = enumerate(zip(LEFT, RIGHT, strict=True))
    return head + [(x, 740 - 13 * row, 10, text) for row, pair in rows for x, text in zip((50, 320), pair, strict=True)]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    found = pdf(tmp_path / "a.pdf", across())
    assert found.title == "Rail line opens to the coast"
    assert tuple(found.body.split("\n\n")) == TEXT


@pytest.mark.parametrize(
    ("info", "published"),
    [
        ("/CreationDate(D:20240506101112+02'00')", "2024-05-06"),
        ("/CreationDate(D:20120101)/Producer(ABBYY FineReader)", None),
        ("", None),
    ],
)
def test_the_day_it_was_made_is_a_second_chance(tmp_path: Path, info: str, published: str | None) -> None:
    found = pdf(tmp_path / "a.pdf", across(), info)
    assert found.published == published
    assert any("the PDF was made" in note for note in found.provenance.notes) == bool(published)


def test_signs_that_are_none_cost_nothing(tmp_path: Path) -> None:
    lines = across()
    x, y, size, text = lines[2]
    found = pdf(tmp_path / "a.pdf", [*lines[:2], (x, y, size, text.replace("eight", "\\000eight")), *lines[3:]])
    assert found.body.split("\n\n")[1] == TEXT[1]


def test_an_unknown_filter_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pdf(path, across())
    path.write_bytes(path.read_bytes().replace(b">>\nstream", b"/Filter/Nope>>\nstream"))
    (item,) = read([path])
    assert isinstance(item, Rejection)
    assert item.reason.startswith("a PDF that cannot be read")


def test_a_table_is_no_text_in_columns() -> None:
    cells = [
        Piece(x, 700 - 12 * row, 10, text) for row in range(6) for x, text in ((50, "Osk"), (200, "3"), (300, "7"))
    ]
    assert in_reading_order(cells) is None


def test_text_in_order_stays_as_it_is() -> None:
    columns = [
        Piece(x, 740 - 13 * row, 10, text) for x, side in ((50, LEFT), (320, RIGHT)) for row, text in enumerate(side)
    ]
    assert in_reading_order(columns) is None


def test_a_masthead_is_no_title() -> None:
    text = [Piece(50, 600, 10, line) for line in LEFT]
    assert largest([Piece(50, 800, 40, "THE COURIER"), *text]) == ""
    assert largest([Piece(50, 700, 18, "Rail line opens to the coast"), *text]) == "Rail line opens to the coast"
